import CurlHTTP
import FoundationEssentials
import GatewayCore
import Synchronization

/// Whose webhooks are being called, and who may be called next. Customers share the calls: one customer has at most
/// half of them, and a receiver that did not answer in time gets one at a time until it answers.
final class CallPermits: Sendable {
    private struct State {
        var share: CallRequest.Share
        var rates = RateLimits<Owner>()
        var cursor: CallClaims.Cursor = [:]
        /// The owner and the server that each call counts for: a reload may change the receiver meanwhile.
        var ongoing: [Call.ID: (owner: Owner, server: String)] = [:]
    }

    private let state: Mutex<State>
    private let monotonic: MonotonicClock
    /// Rates count from here.
    private let start: MonotonicClock.Instant

    init(capacity: Int, monotonic: MonotonicClock = .system) {
        self.monotonic = monotonic
        start = monotonic.now
        state = Mutex(State(share: CallRequest.Share(.webhookCalls, capacity: capacity)))
    }

    /// A request for calls as the owners' rates and the receivers allow them at this moment.
    func request(upTo limit: Int, leaseUntil: Date, receivers: Receivers) -> CallRequest {
        let (share, cursor) = state.withLock { ($0.share, $0.cursor) }
        var request = CallRequest(
            limit: limit, share: share, leaseUntil: leaseUntil, cursor: cursor, server: receivers.server(of:_:))
        request.allowance = { [self] owner in
            receivers.callsPerSecond(owner).map { rate in
                state.withLock { $0.rates.available(to: owner, perSecond: rate, now: monotonic.now - start) }
            }
        }
        request.targetLimit = receivers.targetLimit(_:_:)
        return request
    }

    /// When an owner that may have no call by its rate may have one again, from now; nil where there is no such owner.
    var pause: Duration? {
        let now = monotonic.now - start
        return state.withLock { $0.rates.nextPermit(after: now) }.map { $0 - now }
    }

    func begin(_ found: CallClaims, for request: CallRequest) {
        state.withLock { state in
            state.cursor = found.cursor
            for claim in found.claims where state.ongoing[claim.id] == nil {
                let owner = claim.event.owner
                let server = request.server(owner, claim.target)
                state.share.take(for: owner, at: server)
                state.rates.take(of: owner)
                state.ongoing[claim.id] = (owner, server)
            }
        }
    }

    func end(_ call: Call.ID, after ending: CallRequest.Share.Ending) {
        state.withLock { state in
            guard let (owner, server) = state.ongoing.removeValue(forKey: call) else { return }
            state.share.giveBack(of: owner, at: server, after: ending)
        }
    }
}

/// Where calls go at this moment, and what bounds them beside the permits.
struct Receivers: Sendable {
    let writers: @Sendable (Owner) -> any CallWriter
    /// Whether a call has to fetch the access token that it needs.
    let isMissing: @Sendable (TokenRequest) -> Bool

    func server(of owner: Owner, _ target: String) -> String {
        let writer = writers(owner)
        guard let address = writer.address(of: target, of: owner) else { return "\(owner)" }
        let server = WebServer(of: address).description
        guard let token = writer.token(for: target, of: owner) else { return server }
        // What hangs at a token server says nothing of calls without a token.
        return "\(server) \(WebServer(of: token.endpoint)) \(token.clientID)"
    }

    /// One call has to fetch the token, which may take its time; the others wait without a permit.
    func targetLimit(_ owner: Owner, _ target: String) -> Int? {
        writers(owner).token(for: target, of: owner).flatMap { isMissing($0) ? 1 : nil }
    }

    func callsPerSecond(_ owner: Owner) -> Double? { writers(owner).callsPerSecond(of: owner) }
}

extension CallRequest.Share.Ending {
    /// What a failed call says about its receiver.
    ///
    /// - Parameter elapsed: a call that took half of its time has held its permit like one that timed out, however it
    ///   ended.
    init(_ failure: HTTPFailure, elapsed: Duration, of timeout: Duration) {
        self = failure.kind == .timedOut || elapsed * 2 >= timeout ? .timedOut : .silent
    }
}
