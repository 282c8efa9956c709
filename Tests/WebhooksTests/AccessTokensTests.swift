import Doubles
import GatewayCore
import Synchronization
import Testing

@testable import Webhooks

@Suite("Access tokens of webhooks")
struct AccessTokensTests {
    private let clock = HandClock()
    private let server = TokenServer()

    private func tokens(deadline: Duration = .seconds(15)) -> AccessTokens {
        AccessTokens(deadline: deadline, clock: clock.clock) { [server] (request) throws(TokenFailure) in
            try await server.answer(to: request)
        }
    }

    private func request(secret: String = "s") -> TokenRequest {
        TokenRequest(endpoint: "https://auth.example/token", clientID: "bakery", clientSecret: Secret(secret))
    }

    @Test("one is fetched for many calls, and another shortly before its end")
    func kept() async throws {
        let tokens = tokens()

        #expect(tokens.isMissing(request()))
        #expect(try await tokens.token(for: request()) == Secret("token 1"))
        clock.pass(.seconds(3539))
        #expect(!tokens.isMissing(request()))
        #expect(try await tokens.token(for: request()) == Secret("token 1"))
        clock.pass(.seconds(1))
        #expect(tokens.isMissing(request()))
        #expect(try await tokens.token(for: request()) == Secret("token 2"))
    }

    @Test("with another secret it is another token")
    func changed() async throws {
        let tokens = tokens()

        _ = try await tokens.token(for: request())

        #expect(try await tokens.token(for: request(secret: "new")) == Secret("token 2"))
    }

    @Test("one call fetches it, and those that need it meanwhile wait for that one")
    func together() async throws {
        let tokens = tokens()
        server.hold()
        async let first = tokens.token(for: request())
        await server.asked(times: 1)
        async let second = tokens.token(for: request())
        async let third = tokens.token(for: request())

        server.letGo()

        let all = [try await first, try await second, try await third]
        #expect(all == Array(repeating: Secret("token 1"), count: 3))
        #expect(server.count == 1)
    }

    @Test("who waits does so until the deadline and no longer, and other webhooks wait for nothing")
    func hangs() async throws {
        let tokens = tokens(deadline: .seconds(15))
        server.hold()
        let waiting = Task { try await tokens.token(for: request()) }
        await server.asked(times: 1)
        server.answersOthers()
        #expect(try await tokens.token(for: request(secret: "other")) == Secret("token 2"))

        await clock.sleeping(1)
        clock.pass(.seconds(15))

        await #expect(throws: TokenFailure.late) { try await waiting.value }
    }

    @Test("a failure counts for all calls of the next seconds")
    func failure() async throws {
        let tokens = tokens()
        let failure = TokenFailure(result: .notNow(reason: "the token server answered 500"))
        server.fail(failure)

        await #expect(throws: failure) { try await tokens.token(for: request()) }
        await #expect(throws: failure) { try await tokens.token(for: request()) }
        #expect(server.count == 1)
        #expect(!tokens.isMissing(request()))
        clock.pass(AccessTokens.failureTime)
        #expect(try await tokens.token(for: request()) == Secret("token 2"))
    }

    @Test("one that its receiver does not take is dropped once, and not the one that came in its place")
    func dropped() async throws {
        let tokens = tokens()
        let first = try await tokens.token(for: request())

        #expect(tokens.drop(first, of: request()))
        let second = try await tokens.token(for: request())
        #expect(second == Secret("token 2"))
        #expect(tokens.drop(first, of: request()))
        #expect(try await tokens.token(for: request()) == second)
        #expect(!tokens.drop(second, of: request()))
        clock.pass(AccessTokens.dropPause)
        #expect(tokens.drop(second, of: request()))
    }

    @Test("no more are kept than the limit, and those that are over go first")
    func bounded() async throws {
        let tokens = tokens()
        for number in 0...AccessTokens.limit + 1 { _ = try await tokens.token(for: request(secret: "\(number)")) }

        let count = (0...AccessTokens.limit + 1).count { !tokens.isMissing(request(secret: "\($0)")) }

        #expect(count <= AccessTokens.limit)
        #expect(count >= AccessTokens.limit / 2)
    }
}

/// A token server that answers with numbered tokens, fails, or lets its clients wait.
private final class TokenServer: Sendable {
    private struct State {
        var count = 0
        var failures: [TokenFailure] = []
        var gate: (stream: AsyncStream<Void>, continuation: AsyncStream<Void>.Continuation)?
        var watchers: [AsyncStream<Int>.Continuation] = []
    }

    private let state = Mutex(State())

    var count: Int { state.withLock { $0.count } }

    func fail(_ failure: TokenFailure) { state.withLock { $0.failures.append(failure) } }

    func hold() { state.withLock { $0.gate = AsyncStream<Void>.makeStream() } }

    /// Those that are held stay so.
    func answersOthers() { state.withLock { $0.gate = nil } }

    func letGo() { state.withLock { $0.gate?.continuation.finish() } }

    func asked(times: Int) async {
        let (counts, watcher) = AsyncStream<Int>.makeStream()
        state.withLock { state in
            watcher.yield(state.count)
            state.watchers.append(watcher)
        }
        for await count in counts where count >= times { return }
    }

    func answer(to request: TokenRequest) async throws(TokenFailure) -> AccessToken {
        let (number, failure, gate) = state.withLock { state in
            state.count += 1
            for watcher in state.watchers { watcher.yield(state.count) }
            return (state.count, state.failures.isEmpty ? nil : state.failures.removeFirst(), state.gate?.stream)
        }
        if let gate { for await _ in gate {} }
        if let failure { throw failure }
        return AccessToken(value: Secret("token \(number)"), life: .seconds(3600))
    }
}
