import Synchronization

/// What those behind the server find out about a request, for its line in the access log and its span.
package final class RequestNote: Sendable {
    struct Content: Sendable {
        var customer: String?
        var mmsc: String?
        var bytesIn: Int?
    }

    private let state = Mutex(Content())

    var content: Content { state.withLock { $0 } }

    /// Notes in whose name the request is made.
    package func comes(from customer: String) { state.withLock { $0.customer = customer } }

    /// Notes which MMSC posted it.
    package func comes(fromMMSC name: String) { state.withLock { $0.mmsc = name } }

    /// Notes the size of a body that was read.
    package func read(bytes: Int) { state.withLock { $0.bytesIn = bytes } }
}
