import Bench
import Foundation
import HTTPServing
import HTTPTypes
package import Hummingbird
import ServiceLifecycle
import Synchronization

/// A customer for tests: hosts media, hears webhooks, and can be waited for.
package final class TestCustomer: Sendable {
    package struct Seen: Sendable {
        /// Downloads by path.
        package var fetches: [String: Int] = [:]
        /// Bodies of webhook calls in the order of their coming.
        package var calls: [String] = []
        /// X-Request-Id and traceparent of each call.
        package var traces: [(requestID: String?, parent: String?)] = []
    }

    private struct State {
        var seen = Seen()
        var answers: [HTTPResponse.Status] = []
        var watchers: [AsyncStream<Seen>.Continuation] = []
    }

    private let state = Mutex(State())
    package let picture: [UInt8]

    package init(pictureBytes: Int = 5000) {
        picture = SamplePicture.jpeg(byteCount: pictureBytes)
    }

    package var seen: Seen { state.withLock { $0.seen } }

    /// What the next webhook calls are answered; 200 once these are used up.
    package func answer(_ statuses: HTTPResponse.Status...) {
        state.withLock { $0.answers = statuses }
    }

    /// Returns as soon as the customer has seen that, or throws when the test's time is over.
    @discardableResult
    package func wait(until isSatisfied: (Seen) -> Bool) async throws -> Seen {
        let (sights, watcher) = AsyncStream<Seen>.makeStream()
        let seen = state.withLock { state in
            state.watchers.append(watcher)
            return state.seen
        }
        if isSatisfied(seen) { return seen }
        for await seen in sights where isSatisfied(seen) { return seen }
        throw CancellationError()
    }

    /// Serves as long as the body runs.
    package func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: PeerContext.self)
        router.get("/picture.jpg") { [self] _, _ in
            see { $0.fetches["/picture.jpg", default: 0] += 1 }
            return Response(status: .ok, contentType: "image/jpeg", bytes: picture)
        }
        router.get("/page.jpg") { _, _ in
            Response(status: .ok, contentType: "image/jpeg", bytes: Array("<!doctype html><p>Log in".utf8))
        }
        router.get("/hangs/{number}") { [self] _, _ in
            see { $0.fetches["/hangs", default: 0] += 1 }
            let (nothing, never) = AsyncStream<Void>.makeStream()
            await cancelWhenGracefulShutdown { for await _ in nothing {} }
            never.finish()
            return Response(status: .serviceUnavailable)
        }
        router.get("/untyped") { _, _ in Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "?"))) }
        router.post("/webhook") { [self] request, _ in
            let call = String(decoding: try await request.bytes(upTo: 1 << 20), as: UTF8.self)
            let names = ["X-Request-Id", "traceparent"].map { name in
                HTTPField.Name(name).flatMap { request.headers[$0] }
            }
            see {
                $0.calls.append(call)
                $0.traces.append((names[0], names[1]))
            }
            return Response(status: state.withLock { $0.answers.isEmpty ? .ok : $0.answers.removeFirst() })
        }
        return try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await body("http://127.0.0.1:\(port)")
        }
    }

    private func see(_ change: (inout Seen) -> Void) {
        state.withLock { state in
            change(&state.seen)
            for watcher in state.watchers { watcher.yield(state.seen) }
        }
    }
}
