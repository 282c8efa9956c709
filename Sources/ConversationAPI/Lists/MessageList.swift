import FoundationEssentials
import GatewayCore

/// One page of messages, as large as was asked for, or as memory allows: a page of long messages ends early, and its
/// token leads to the rest.
struct MessageList: Sendable {
    private(set) var messages: [ListedAppMessage] = []
    private(set) var next: ListCursor?

    typealias Read =
        @Sendable (_ after: ListCursor?, _ limit: Int) async throws(StoreFailure) -> ListSlice<ListedAppMessage>

    /// Messages that are read at once.
    private static let slice = 50
    /// Octets of a page from which on it is long enough.
    static let longBytes = 4 << 20

    init(_ page: PageRequest, read: Read) async throws(StoreFailure) {
        next = page.after?.cursor
        var bytes = 0
        repeat {
            let slice = try await read(next, min(page.size - messages.count, Self.slice))
            messages += slice.elements
            next = slice.next
            bytes += slice.elements.reduce(0) { $0 + $1.byteCount }
        } while next != nil && messages.count < page.size && bytes < Self.longBytes
    }

    /// The list of nothing.
    init() {}

    /// For the next page; empty where there is none.
    var token: String { next.map { PageToken(behind: $0, of: .messages).text } ?? "" }
}

extension ListedAppMessage {
    /// About how many octets it takes.
    var byteCount: Int {
        switch content {
        case .sent(let batch): 512 + batch.order.echo.text.utf8.count
        case .received(let inbound): 512 + inbound.echo.text.utf8.count
        }
    }
}
