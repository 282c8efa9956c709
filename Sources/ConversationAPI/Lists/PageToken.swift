import CustomerServing
import FoundationEssentials
import GatewayCore

/// Where the next page of a list begins: behind an entry, by its time and id. Clients hand it back as it is.
struct PageToken: Equatable, Sendable {
    /// Milliseconds since 1970 of the last entry that was printed.
    let milliseconds: Int64
    let id: ULID

    /// Letters, digits, `-` and `_`.
    var text: String {
        var octets: [UInt8] = [Self.version]
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
            octets.first == Self.version
        else { return nil }
        let numbers = stride(from: 1, to: 25, by: 8).map { start in
            octets.dropFirst(start).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        }
        self.init(
            milliseconds: Int64(bitPattern: numbers[0]), id: ULID(high: numbers[1], low: numbers[2]))
    }

    init(milliseconds: Int64, id: ULID) {
        self.milliseconds = milliseconds
        self.id = id
    }

    private static let version: UInt8 = 1
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
        let standard: Int
        let most: Int

        static let messages = Sizes(standard: 10, most: 1000)
        static let contacts = Sizes(standard: 10, most: 20)
    }

    /// - Throws: `violation` for a size beyond the limit, `badFormat` for a token that is none of ours.
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
        guard let after = PageToken(token) else {
            throw .badFormat(at: "page_token", "is no next_page_token of a list")
        }
        self.after = after
    }
}
