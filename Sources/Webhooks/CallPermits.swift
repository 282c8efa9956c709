import CurlHTTP
import FoundationEssentials
import GatewayCore
import Synchronization

/// Whose webhooks are being called, and who may be called next. Customers share the calls: one customer has at most
/// half of them, and a receiver that did not answer in time gets one at a time until it answers.
final class CallPermits: Sendable {
    private struct State {
        var share: CallRequest.Share
        var cursor: CallClaims.Cursor = [:]
        /// The owner and the server that each call counts for: a reload may change the receiver meanwhile.
        var ongoing: [Call.ID: (owner: Owner, server: String)] = [:]
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(share: CallRequest.Share(.webhookCalls, capacity: capacity)))
    }

    /// - Parameter address: where the calls of an owner to a target go; nil for nowhere.
    func request(
        upTo limit: Int, leaseUntil: Date, address: @escaping @Sendable (Owner, _ target: String) -> String?
    ) -> CallRequest {
        let (share, cursor) = state.withLock { ($0.share, $0.cursor) }
        return CallRequest(limit: limit, share: share, leaseUntil: leaseUntil, cursor: cursor) { owner, target in
            address(owner, target).map { WebServer(of: $0).description } ?? "\(owner)"
        }
    }

    func begin(_ found: CallClaims, for request: CallRequest) {
        state.withLock { state in
            state.cursor = found.cursor
            for claim in found.claims where state.ongoing[claim.id] == nil {
                let owner = claim.event.owner
                let server = request.server(owner, claim.target)
                state.share.take(for: owner, at: server)
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

extension CallRequest.Share.Ending {
    /// What a failed call says about its receiver.
    ///
    /// - Parameter elapsed: a call that took half of its time has held its permit like one that timed out, however it
    ///   ended.
    init(_ failure: HTTPFailure, elapsed: Duration, of timeout: Duration) {
        self = failure.kind == .timedOut || elapsed * 2 >= timeout ? .timedOut : .silent
    }
}
