import GatewayCore
import Synchronization

/// The messages that this process is working on, whatever their leases say: no jump of the clock puts any of them in
/// doubt.
final class OngoingClaims: Sendable {
    /// How many times each is being worked on: it may be claimed again before the last step of the earlier work has
    /// ended.
    private let messages = Mutex<[Message.ID: Int]>([:])

    var all: Set<Message.ID> { messages.withLock { Set($0.keys) } }

    func begin(_ claim: Claim) {
        messages.withLock { messages in
            for copy in claim.copies { messages[copy.message, default: 0] += 1 }
        }
    }

    func end(_ claim: Claim) {
        messages.withLock { messages in
            for copy in claim.copies {
                let left = messages[copy.message, default: 1] - 1
                messages[copy.message] = left > 0 ? left : nil
            }
        }
    }
}
