import CurlHTTP
import FoundationEssentials
import GatewayCore
import Synchronization

@testable import ObjectStorage

/// A storage that answers as a test says, and keeps what it was asked.
final class ScriptedStorage: Sendable {
    private let answer: @Sendable (HTTPRequest) async throws(HTTPFailure) -> Int
    private let asked = Mutex<[HTTPRequest]>([])
    /// Raised by every request.
    let signal = Signal()

    /// - Parameter answer: gives the status.
    init(_ answer: @escaping @Sendable (HTTPRequest) async throws(HTTPFailure) -> Int = { _ in 200 }) {
        self.answer = answer
    }

    /// In the order of their coming.
    var requests: [HTTPRequest] { asked.withLock { $0 } }

    func uploader(_ clock: any DomainClock) -> Uploader {
        Uploader(clock: clock) { (request) async throws(HTTPFailure) in
            self.asked.withLock { $0.append(request) }
            self.signal.raise()
            return HTTPResponse(status: try await self.answer(request))
        }
    }

    /// Returns when there were so many requests.
    func wait(for count: Int) async {
        while requests.count < count { await signal.wait(until: .distantFuture, clock: SteadyClock()) }
    }
}

/// Does not answer before it is opened, or its task is cancelled.
final class Gate: Sendable {
    private let (opened, open) = AsyncStream<Void>.makeStream()

    func letPass() { open.finish() }

    func pass() async throws(HTTPFailure) {
        for await _ in opened {}
        if Task.isCancelled { throw HTTPFailure(kind: .cancelled, requestMayHaveArrived: true, message: "cancelled") }
    }
}
