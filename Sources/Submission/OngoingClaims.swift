import GatewayCore
import Synchronization

/// The claims that this process is working on, whatever their leases say: a clock that jumps puts none of them in doubt.
final class OngoingClaims: Sendable {
    private let messages = Mutex<Set<Message.ID>>([])

    var all: Set<Message.ID> { messages.withLock { $0 } }

    func begin(_ message: Message.ID) { messages.withLock { _ = $0.insert(message) } }
    func end(_ message: Message.ID) { messages.withLock { _ = $0.remove(message) } }
}
