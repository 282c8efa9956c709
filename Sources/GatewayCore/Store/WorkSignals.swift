import Synchronization

/// How a store says that work is due: a signal for each kind of it, which whoever does that work waits for.
///
/// A store raises it after the commit by which something became due, never before: whoever gets the signal finds the
/// work. A signal is a hint, and every loop looks again after a second or a few of itself. So a store that several
/// processes share passes on what the others commit as well as it can: it may raise it late, more often than there is
/// work, or not at all while it is cut off, and raises all signals once when it is connected again. It makes no commit
/// wait for that.
package final class WorkSignals: Sendable {
    /// A batch waits for its media.
    package let media = Signal()
    /// An inbound message waits for its uploads.
    package let uploads = Signal()
    /// A call of a webhook waits to be made.
    package let events = Signal()
    /// An inbound message waits for its app's API to read it.
    package let unread = Signal()
    /// A batch of an app waits to become messages.
    package let appBatches = Signal()
    /// Another process changed an app or a webhook.
    package let apps = Signal()
    /// Called with the number of messages that came into a final state by a commit of this process; those of other
    /// processes are counted there.
    package let onEnded: @Sendable (MessageState, Int) -> Void
    private let lanes = Mutex<[String: Signal]>([:])
    private let cancelling = Mutex<[String: Signal]>([:])

    package init(onEnded: @escaping @Sendable (MessageState, Int) -> Void = { _, _ in }) {
        self.onEnded = onEnded
    }

    /// Raises all of them: whatever was missed is looked for.
    package func raiseAll() {
        for signal in [media, uploads, events, unread, appBatches, apps] { signal.raise() }
        for lanes in [lanes.withLock(\.self), cancelling.withLock(\.self)] {
            for signal in lanes.values { signal.raise() }
        }
    }

    /// A message is due at the MMSC.
    package func messages(at mmsc: String) -> Signal { lanes.withLock { $0.signal(mmsc) } }

    /// A message that the MMSC has is to be taken back.
    package func cancellations(at mmsc: String) -> Signal { cancelling.withLock { $0.signal(mmsc) } }
}

extension [String: Signal] {
    fileprivate mutating func signal(_ name: String) -> Signal {
        if let signal = self[name] { return signal }
        let signal = Signal()
        self[name] = signal
        return signal
    }
}
