import CurlHTTP
import FoundationEssentials
import GatewayCore
import Synchronization

/// Whose webhooks are being called, and who may be called next: customers share the calls, one has half of the calls at most,
/// and a receiver that did not answer in time has one until it does.
final class CallPermits: Sendable {
    private struct State {
        var share: EventRequest.Share
        var places: EventClaims.Places = [:]
        /// What each call was taken for: a reload may change the receiver meanwhile.
        var ongoing: [Event.ID: (owner: Owner, target: String)] = [:]
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(share: EventRequest.Share(.webhookCalls, capacity: capacity)))
    }

    /// - Parameter address: where events of an owner go that name no address of their own.
    func request(
        upTo limit: Int, leaseUntil: Date, address: @escaping @Sendable (Owner) -> String?
    ) -> EventRequest {
        let (share, places) = state.withLock { ($0.share, $0.places) }
        return EventRequest(limit: limit, share: share, leaseUntil: leaseUntil, places: places) { owner in
            address(owner).map(CallbackServer.name(in:)) ?? "\(owner)"
        }
    }

    func begin(_ found: EventClaims, for request: EventRequest) {
        state.withLock { state in
            state.places = found.places
            for claim in found.claims where state.ongoing[claim.id] == nil {
                guard let owner = claim.owner else { continue }
                let target = request.target(of: owner, at: claim.receiver)
                state.share.take(for: owner, at: target)
                state.ongoing[claim.id] = (owner, target)
            }
        }
    }

    func end(_ event: Event.ID, after ending: EventRequest.Share.Ending) {
        state.withLock { state in
            guard let (owner, target) = state.ongoing.removeValue(forKey: event) else { return }
            state.share.giveBack(of: owner, at: target, after: ending)
        }
    }
}

extension EventRequest.Share.Ending {
    /// What a failed call says of its receiver.
    ///
    /// - Parameter elapsed: whatever came in the end, one that took half of its time has held its permit like a time-out.
    init(_ failure: HTTPFailure, elapsed: Duration, of timeout: Duration) {
        self = failure.kind == .timedOut || elapsed * 2 >= timeout ? .timedOut : .silent
    }
}
