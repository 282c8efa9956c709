import Synchronization

/// What a store says after a commit: the bells it rings for what became due, and who has come to an end.
package final class WorkSignals: Sendable {
    /// A batch waits for its media.
    package let media = Doorbell()
    /// An inbound message waits for its uploads.
    package let uploads = Doorbell()
    /// An event waits to be told.
    package let events = Doorbell()
    /// Told how many messages came into a final state by a commit.
    package let onEnded: @Sendable (MessageState, Int) -> Void
    private let lanes = Mutex<[String: Doorbell]>([:])
    private let cancelling = Mutex<[String: Doorbell]>([:])

    package init(onEnded: @escaping @Sendable (MessageState, Int) -> Void = { _, _ in }) {
        self.onEnded = onEnded
    }

    /// A message is due at the MMSC.
    package func messages(at mmsc: String) -> Doorbell { lanes.withLock { $0.bell(mmsc) } }

    /// A message that the MMSC has is to be taken back.
    package func cancellations(at mmsc: String) -> Doorbell { cancelling.withLock { $0.bell(mmsc) } }
}

extension [String: Doorbell] {
    fileprivate mutating func bell(_ name: String) -> Doorbell {
        if let bell = self[name] { return bell }
        let bell = Doorbell()
        self[name] = bell
        return bell
    }
}
