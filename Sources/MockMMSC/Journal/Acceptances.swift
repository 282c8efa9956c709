import Synchronization

/// The MessageIDs given so far by TransactionID, so that a submission which is repeated after a lost answer gets the
/// answer of the first one and is not delivered twice.
final class Acceptances: Sendable {
    private struct State {
        var messageIDs: [String: String] = [:]
        var order: Recent<String>
        var count = 0
    }

    private let state: Mutex<State>
    /// Differs from run to run, for MessageIDs outlive them in the peer's store.
    private let prefix: String

    init(limit: Int = 100_000, prefix: String) {
        self.prefix = prefix
        state = Mutex(State(order: Recent(limit: limit)))
    }

    /// The MessageID of a submission, and whether it was given before.
    func messageID(for transactionID: String) -> (messageID: String, isRepeated: Bool) {
        state.withLock { state in
            if let known = state.messageIDs[transactionID] { return (known, true) }
            state.count += 1
            let messageID = "\(prefix)-\(state.count)"
            state.messageIDs[transactionID] = messageID
            if let forgotten = state.order.append(transactionID) { state.messageIDs[forgotten] = nil }
            return (messageID, false)
        }
    }
}
