import Synchronization

/// The identity of one request inside the client, and the mark that its caller has given up.
final class Ticket: Sendable {
    private let mark = Atomic(false)

    var isCancelled: Bool {
        mark.load(ordering: .acquiring)
    }

    func cancel() {
        mark.store(true, ordering: .releasing)
    }
}

/// A request passed to the loop, with the one place for its result.
struct PendingRequest: Sendable {
    let ticket: Ticket
    let request: HTTPRequest
    let continuation: CheckedContinuation<Result<HTTPResponse, HTTPFailure>, Never>
}
