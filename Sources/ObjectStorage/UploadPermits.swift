import GatewayCore
import Synchronization

/// Whose uploads are going on, and whose may begin next. Customers share the permits: one customer has at most half of
/// them, and one whose storage was last unavailable or busy gets one at a time until it answers.
final class UploadPermits: Sendable {
    private struct State {
        var share: UploadRequest.Share
        /// The owner of each upload that holds a permit.
        var ongoing: [UploadClaim.ID: Owner] = [:]
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(share: UploadRequest.Share(.uploads, capacity: capacity)))
    }

    /// The present share.
    var share: UploadRequest.Share { state.withLock { $0.share } }

    /// Whether the customer's storage failed lately and has fewer permits than others for it.
    func isDoubtful(_ owner: Owner) -> Bool { state.withLock { $0.share.limit(of: owner) != nil } }

    func begin(_ claims: [UploadClaim]) {
        state.withLock { state in
            for claim in claims where state.ongoing[claim.id] == nil {
                state.share.take(for: claim.owner, at: claim.owner)
                state.ongoing[claim.id] = claim.owner
            }
        }
    }

    func end(_ claim: UploadClaim.ID, after ending: UploadRequest.Share.Ending) {
        state.withLock { state in
            guard let owner = state.ongoing.removeValue(forKey: claim) else { return }
            state.share.giveBack(of: owner, at: owner, after: ending)
        }
    }
}

extension UploadRequest.Share.Ending {
    /// What one upload says about the storage. One that is unavailable or busy counts like one that does not answer in
    /// time; one that refuses the object counts as answering.
    init(_ result: Result<String, UploadFailure>) {
        self =
            switch result {
            case .failure(let failure) where failure.isTemporary: .timedOut
            case .success, .failure: .answered
            }
    }
}
