import GatewayCore
import Synchronization

/// The customers whose storage was away or busy when it was asked last. They have one place until it is not.
final class DoubtfulBuckets: Sendable {
    private let members = Mutex<Set<Owner>>([])

    /// As many as there were customers with a bucket, at most.
    var owners: Set<Owner> { members.withLock { $0 } }

    func contains(_ owner: Owner) -> Bool { members.withLock { $0.contains(owner) } }

    /// - Parameter failure: nil where it took the object. One that refuses it answers, and is not in doubt.
    func note(_ failure: UploadFailure?, of owner: Owner) {
        members.withLock { members in
            if failure?.isTemporary == true {
                members.insert(owner)
            } else {
                members.remove(owner)
            }
        }
    }
}
