import CustomerServing
import FoundationEssentials
import GatewayCore

/// Where the next page of a list begins: behind an entry, by its time and id. Clients hand it back as it is.
struct PageToken: Equatable, Sendable {
    /// Which list it is of.
    let list: List
    /// Milliseconds since 1970 of the last entry that was printed.
    let milliseconds: Int64
    let id: ULID

    /// The lists of the API. Their order in time, or by id alone, is the store's.
    enum List: UInt8, Sendable {
        case messages = 1
        case contacts = 2
        case conversations = 3
        case recentConversations = 4
    }

    /// Letters, digits, `-` and `_`.
    var text: String {
        var octets: [UInt8] = [list.rawValue]
        for number in [UInt64(bitPattern: milliseconds), id.high, id.low] {
            octets += withUnsafeBytes(of: number.bigEndian) { Array($0) }
        }
        return Data(octets).base64EncodedString()
            .replacing("+", with: "-")
            .replacing("/", with: "_")
    }

    /// Nil for what is no token of ours.
    init?(_ text: String) {
        let plain = text.replacing("-", with: "+").replacing("_", with: "/")
        guard text.utf8.count == Self.length, let octets = Data(base64Encoded: plain), octets.count == 25,
            let list = octets.first.flatMap({ List(rawValue: $0) })
        else { return nil }
        let numbers = stride(from: 1, to: 25, by: 8).map { start in
            octets.dropFirst(start).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        let milliseconds = Int64(bitPattern: numbers[0])
        guard milliseconds.magnitude <= Self.mostMilliseconds else { return nil }
        self.init(milliseconds: milliseconds, id: ULID(high: numbers[1], low: numbers[2]), of: list)
    }

    init(milliseconds: Int64, id: ULID, of list: List = .messages) {
        self.list = list
        self.milliseconds = milliseconds
        self.id = id
    }

    init(behind cursor: ListCursor, of list: List) {
        self.init(milliseconds: cursor.time.milliseconds, id: cursor.id, of: list)
    }

    /// Where the store goes on in a list that is ordered by time.
    var cursor: ListCursor { ListCursor(time: Date(milliseconds: milliseconds), id: id) }

    /// Behind an entry of a list that is ordered by id alone.
    init(behind id: ULID, of list: List) {
        self.init(milliseconds: 0, id: id, of: list)
    }

    /// Far beyond every time that is printed, and a date still tells it to the millisecond.
    private static let mostMilliseconds: UInt64 = 1 << 50
    /// 25 octets in base 64.
    private static let length = 36
}

/// Which part of a list is wanted.
struct PageRequest: Equatable, Sendable {
    let size: Int
    /// Nil for the first page.
    let after: PageToken?

    /// What a list prints at most, and where nobody says how much.
    struct Sizes: Equatable, Sendable {
        let list: PageToken.List
        let standard: Int
        let most: Int

        static let messages = Sizes(list: .messages, standard: 10, most: 1000)
        static let contacts = Sizes(list: .contacts, standard: 10, most: 20)
        static let conversations = Sizes(list: .conversations, standard: 10, most: 20)
        static let recentConversations = Sizes(list: .recentConversations, standard: 10, most: 20)
    }

    /// A token that another list gave, or nobody.
    static let foreignToken = MalformedRequest.badFormat(
        at: "page_token", "is no next_page_token of this list")

    /// - Throws: `violation` for a size beyond the limit, `badFormat` for a token that is none of the list's.
    init(_ query: QueryParameters, _ sizes: Sizes) throws(MalformedRequest) {
        try self.init(
            size: query.integer("page_size", in: 0...sizes.most), token: query.text("page_token"), sizes)
    }

    init(size: Int?, token: String?, _ sizes: Sizes) throws(MalformedRequest) {
        // Clients with default values write 0 for none.
        self.size = size.flatMap { $0 == 0 ? nil : $0 } ?? sizes.standard
        guard let token, !token.isEmpty else {
            after = nil
            return
        }
        guard let after = PageToken(token), after.list == sizes.list else { throw Self.foreignToken }
        self.after = after
    }
}
