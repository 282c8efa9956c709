import GatewayCore
import Synchronization

/// The access tokens of customers' servers: each is fetched once for many calls and kept until shortly before its end.
///
/// A token belongs to all of its request, so one with another secret or scope is another token. One call at a time
/// fetches it. Those that need it meanwhile wait for that, none longer than the deadline; a failure counts for all calls
/// of the next seconds, so that a server that fails is not asked once for each event.
final class AccessTokens: Sendable {
    private struct Kept {
        /// Admits one fetch at a time.
        let turns = Semaphore(permits: 1)
        var token: (value: Secret, until: MonotonicClock.Instant)?
        var failure: (TokenFailure, until: MonotonicClock.Instant)?
        var droppedAt: MonotonicClock.Instant?

        func isIdle(at now: MonotonicClock.Instant) -> Bool {
            (token.map { $0.until <= now } ?? true) && (failure.map { $0.until <= now } ?? true)
        }
    }

    private let fetch: @Sendable (TokenRequest) async throws(TokenFailure) -> AccessToken
    private let clock: MonotonicClock
    private let deadline: Duration
    private let kept = Mutex<[TokenRequest: Kept]>([:])

    /// - Parameters:
    ///   - deadline: the longest that a call waits for a token.
    ///   - fetch: asks the server once.
    init(
        deadline: Duration, clock: MonotonicClock,
        fetch: @escaping @Sendable (TokenRequest) async throws(TokenFailure) -> AccessToken
    ) {
        self.deadline = deadline
        self.clock = clock
        self.fetch = fetch
    }

    /// The most tokens that are kept; of more, those of the earliest end are forgotten.
    static let limit = 1024
    /// How long a failure counts.
    static let failureTime = Duration.seconds(5)
    /// How long a token that took another's place is not dropped: a server that refuses that one too refuses the call.
    static let dropPause = Duration.seconds(10)

    /// Whether a call would have to fetch it: until that has ended, one call is enough.
    func isMissing(_ request: TokenRequest) -> Bool { known(request) == nil }

    func token(for request: TokenRequest) async throws(TokenFailure) -> Secret {
        if let known = known(request) { return try known.get() }
        // The wait ends with the deadline, by cancellation.
        let result = await withTaskGroup(of: Result<Secret, TokenFailure>.self) { group in
            group.addTask { [self] in await fetchInTurn(request) }
            group.addTask { [clock, deadline] in
                try? await clock.sleep(until: clock.now + deadline)
                return .failure(.late)
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(.late)
        }
        return try result.get()
    }

    /// Forgets a token that its receiver does not take.
    ///
    /// - Returns: whether another may be had: somebody fetched one meanwhile, or one can be fetched.
    func drop(_ token: Secret, of request: TokenRequest) -> Bool {
        let now = clock.now
        return kept.withLock { kept in
            guard let current = kept[request], current.token?.value == token else { return true }
            if let last = current.droppedAt, last + Self.dropPause > now { return false }
            kept[request]?.token = nil
            kept[request]?.droppedAt = now
            return true
        }
    }

    private func known(_ request: TokenRequest) -> Result<Secret, TokenFailure>? {
        let now = clock.now
        return kept.withLock { kept in
            guard let entry = kept[request] else { return nil }
            if let token = entry.token, token.until > now { return .success(token.value) }
            if let failure = entry.failure, failure.until > now { return .failure(failure.0) }
            return nil
        }
    }

    private func fetchInTurn(_ request: TokenRequest) async -> Result<Secret, TokenFailure> {
        let turns = kept.withLock { $0[request, default: Kept()].turns }
        let result = await turns.withPermit { () -> Result<Secret, TokenFailure> in
            // Whoever was before may have it, or have failed.
            if let known = known(request) { return known }
            do throws(TokenFailure) {
                let token = try await fetch(request)
                return .success(keep(token, of: request))
            } catch {
                keep(error, of: request)
                return .failure(error)
            }
        }
        return result ?? .failure(.late)
    }

    private func keep(_ token: AccessToken, of request: TokenRequest) -> Secret {
        let now = clock.now
        kept.withLock { kept in
            kept[request, default: Kept()].token = (token.value, now + token.life - token.reserve)
            kept[request]?.failure = nil
            Self.forget(&kept, now)
        }
        return token.value
    }

    private func keep(_ failure: TokenFailure, of request: TokenRequest) {
        let now = clock.now
        kept.withLock { kept in
            kept[request, default: Kept()].failure = (failure, now + Self.failureTime)
            Self.forget(&kept, now)
        }
    }

    private static func forget(_ kept: inout [TokenRequest: Kept], _ now: MonotonicClock.Instant) {
        guard kept.count > limit else { return }
        kept = kept.filter { !$0.value.isIdle(at: now) }
        guard kept.count > limit else { return }
        let first = kept.sorted { ($0.value.token?.until ?? now) < ($1.value.token?.until ?? now) }
        for (request, _) in first.prefix(limit / 2) { kept[request] = nil }
    }
}
