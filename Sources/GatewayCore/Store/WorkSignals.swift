import Synchronization

/// How a store says that work is due: a bell for each kind of it, which whoever does that work waits for.
///
/// A store rings after the commit by which something became due, never before: who hears the bell finds the work. A bell
/// is a hint, and every loop looks again after a second or a few of itself. So a store that several processes share
/// passes on what the others commit as well as it can: it may ring late, more often than there is work, or not at all
/// while it is cut off, and rings all bells once when it is not any more. It makes no commit wait for that.
package final class WorkSignals: Sendable {
    /// A batch waits for its media.
    package let media = Doorbell()
    /// An inbound message waits for its uploads.
    package let uploads = Doorbell()
    /// A call of a webhook waits to be made.
    package let events = Doorbell()
    /// Called with the number of messages that came into a final state by a commit of this process; those of other
    /// processes are counted there.
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
