import FoundationEssentials
import GatewayCore

/// An open transaction and what can be written in it. Its files are the concerns of the `Store`.
package final class Transaction {
    package let connection: Connection
    var signals = CommitSignals()
    var tally: QueueTally
    /// The targets that an event goes to.
    let targets: CallTargets
    /// How long an answer is kept for repeats.
    let answerLife: Duration
    let isClockSettled: @Sendable () -> Bool
    /// Nil where this process has the database alone.
    let replicas: (any Replicas)?
    /// Duties that this process has from the commit on.
    var newDuties: Set<Duty> = []

    init(
        on connection: Connection, tally: QueueTally, targets: @escaping CallTargets, answerLife: Duration,
        isClockSettled: @escaping @Sendable () -> Bool, replicas: (any Replicas)?
    ) {
        self.connection = connection
        self.tally = tally
        self.targets = targets
        self.answerLife = answerLife
        self.isClockSettled = isClockSettled
        self.replicas = replicas
    }

    /// The earliest beginning of a span that ends now.
    func beginning(of span: Duration, endingAt now: Date) throws(SQLError) -> Date {
        try connection.beginning(of: span, endingAt: now, isClockSettled: isClockSettled())
    }

    /// Messages of all batches that no MMSC has taken yet.
    var waiting: Int { tally.waiting.all }

    /// Messages of an owner that began or ceased to wait for an MMSC.
    func countWaiting(_ change: Int, of owner: Int) { tally.waiting.count(change, of: owner) }

    /// Messages of all batches that no MMSC has taken yet, and those that recipients of apps' batches are to become.
    var taken: Int { waiting + tally.recipients.all }

    /// The position of what becomes due now: after all earlier positions, even when the clock was set back.
    func position(at now: Date) -> SQLValue {
        tally.lastPosition = max(tally.lastPosition, now.milliseconds)
        return .integer(tally.lastPosition)
    }

    /// Changes a number to show that a commit can be made: SQLite writes nothing unless something changes.
    func probe() throws(SQLError) {
        try connection.write(PulseQuery.probe)
    }

    /// Writes a change of a message, with the events that it causes.
    func write(_ change: MessageChange, now: Date) throws(SQLError) {
        let message = change.message
        let isPaused = change.dueAt.map { $0 > now } ?? false
        try connection.write(
            MessageQuery.move,
            change.bindings(
                now: now, position: isPaused || change.dueAt == nil ? .null : position(at: now),
                pausedUntil: isPaused ? change.dueAt : nil),
            changing: 1)
        countWaiting(change.waiting, of: message.subscription.owner)
        if change.dueAt != nil { signals.raise(for: message.carriers) }
        if change.cancelDueAt != nil, let mmsc = message.mmsc { signals.cancelling.insert(mmsc) }
        try appendEvent(
            of: message.id, in: message.batch, becoming: change.state, for: message.subscription, now: now,
            isCounted: change.previous.isFinal)
        if change.isEnd { try countEnded(1, in: message.batch, for: message.subscription, now: now) }
    }

    /// A decision of the domain, where a refusal is a mistake of the program.
    func decided<Value>(_ decide: () throws(StoreFailure) -> Value) throws(SQLError) -> Value {
        do throws(StoreFailure) {
            return try decide()
        } catch {
            throw .mistake(error.description)
        }
    }
}
