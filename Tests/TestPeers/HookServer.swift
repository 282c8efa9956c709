import Foundation
import HTTPServing
package import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Synchronization

/// Webhooks of one server, each by its path `/hook/<name>`: what each was called with, and what it answers.
package final class HookServer: Sendable {
    package struct Call: Sendable {
        package let body: [UInt8]
        package let headers: HTTPFields

        package var text: String { String(decoding: body, as: UTF8.self) }

        /// One of the headers of the signature, by the end of its name.
        package func signature(_ end: String = "") -> String? {
            HTTPField.Name("x-sinch-webhook-signature" + end).flatMap { headers[$0] }
        }
    }

    private struct State {
        var calls: [String: [Call]] = [:]
        var answers: [String: [Int]] = [:]
        var isHolding = false
        var held: [AsyncStream<Void>.Continuation] = []
        var watchers: [AsyncStream<[String: [Call]]>.Continuation] = []
    }

    private let state = Mutex(State())

    package init() {}

    /// What one webhook was called with, in the order of its coming.
    package func calls(of name: String) -> [Call] { state.withLock { $0.calls[name] ?? [] } }

    /// What a webhook answers to the next calls; 200 once these are used up.
    package func answer(_ name: String, _ statuses: [Int]) { state.withLock { $0.answers[name] = statuses } }

    /// No call is answered until `release`.
    package func hold() { state.withLock { $0.isHolding = true } }

    package func release() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        for call in held { call.finish() }
    }

    /// Returns as soon as the webhooks were called like that, or throws when the test's time is over.
    package func wait(until isSatisfied: ([String: [Call]]) -> Bool) async throws {
        let (sights, watcher) = AsyncStream<[String: [Call]]>.makeStream()
        let calls = state.withLock { state in
            state.watchers.append(watcher)
            return state.calls
        }
        if isSatisfied(calls) { return }
        for await calls in sights where isSatisfied(calls) { return }
        throw CancellationError()
    }

    /// Serves as long as the body runs.
    package func serving<Result: Sendable>(
        _ body: @escaping @Sendable (_ url: String) async throws -> Result
    ) async throws -> Result {
        let router = Router(context: PeerContext.self)
        router.post("/hook/{name}") { [self] request, context in
            let name = try context.parameters.require("name")
            let call = Call(body: try await request.bytes(upTo: 1 << 20), headers: request.headers)
            if let release = see(call, of: name) { await cancelWhenGracefulShutdown { for await _ in release {} } }
            return Response(status: HTTPResponse.Status(code: nextAnswer(of: name)))
        }
        return try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await body("http://127.0.0.1:\(port)/hook")
        }
    }

    /// What the call has to wait for; nil for nothing.
    private func see(_ call: Call, of name: String) -> AsyncStream<Void>? {
        state.withLock { state in
            state.calls[name, default: []].append(call)
            for watcher in state.watchers { watcher.yield(state.calls) }
            guard state.isHolding else { return nil }
            let (release, continuation) = AsyncStream<Void>.makeStream()
            state.held.append(continuation)
            return release
        }
    }

    private func nextAnswer(of name: String) -> Int {
        state.withLock { state in
            guard state.answers[name]?.isEmpty == false else { return 200 }
            return state.answers[name]?.removeFirst() ?? 200
        }
    }
}
