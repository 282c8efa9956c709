import GatewayCore
import Synchronization

/// Whose uploads are going on, and whose may begin next: customers share the permits, one has half of them at most, and
/// one whose storage was away or busy when it was asked last has one until that answers.
final class UploadPermits: Sendable {
    private struct State {
        var share: UploadRequest.Share
        /// Whose each upload is that holds a permit.
        var ongoing: [UploadClaim.ID: Owner] = [:]
    }

    private let state: Mutex<State>

    init(capacity: Int) {
        state = Mutex(State(share: UploadRequest.Share(.uploads, capacity: capacity)))
    }

    /// As it is now.
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
    /// What one upload says of the storage that was asked. One that is away or busy counts like one that does not
    /// answer in time; one that refuses the object answers.
    init(_ result: Result<String, UploadFailure>) {
        self =
            switch result {
            case .failure(let failure) where failure.isTemporary: .timedOut
            case .success, .failure: .answered
            }
    }
}
