import FoundationEssentials
import GatewayCore

/// An open transaction and what can be written in it. Its files are the concerns of the `Store`.
final class Transaction {
    let connection: Connection
    var bells = Bells()
    var tally: QueueTally
    /// Whom an event is told at.
    let targets: CallTargets
    let isClockSettled: @Sendable () -> Bool

    init(
        on connection: Connection, tally: QueueTally, targets: @escaping CallTargets,
        isClockSettled: @escaping @Sendable () -> Bool
    ) {
        self.connection = connection
        self.tally = tally
        self.targets = targets
        self.isClockSettled = isClockSettled
    }

    /// When what is known for a while began at the earliest, as it ends now.
    func beginning(of span: Duration, endingAt now: Date) throws(SQLiteError) -> Date {
        try connection.beginning(of: span, endingAt: now, isClockSettled: isClockSettled())
    }

    /// Messages of all batches that no MMSC has taken yet.
    var waiting: Int {
        get { tally.waiting }
        set { tally.waiting = newValue }
    }

    /// The place of what becomes due now: behind all that was given one, also when the clock was set back.
    func place(at now: Date) -> SQLValue {
        tally.lastPlace = max(tally.lastPlace, now.milliseconds)
        return .integer(tally.lastPlace)
    }

    /// Proves that a commit can be made: something has to change for SQLite to write at all.
    func beat() throws(SQLiteError) {
        try connection.run(TransactionQuery.beat)
    }

    /// Moves a message into its next state, with the events that this causes.
    ///
    /// - Parameters:
    ///   - before: the state it is in, where another step of the same transaction has moved it since it was read.
    ///   - dueAt: when it is claimed next, for states that wait for that.
    ///   - cancelDueAt: when the MMSC is asked to take it back, for what it has and the customer withdrew.
    ///   - statusText: of this state; that of the one before goes with it.
    ///   - isTry: whether the attempt before counts against the limit of tries.
    ///   - givingBack: attempts that were counted and were none.
    func move(
        _ message: LiveMessage, from before: MessageState? = nil, to state: MessageState, now: Date, dueAt: Date? = nil,
        cancelDueAt: Date? = nil, networkTime: Date? = nil,
        statusText: PeerText? = nil, isTry: Bool = true, isSplit: Bool = false, givingBack: Int = 0
    ) throws(SQLiteError) {
        let columns = state.columns
        let isPaused = dueAt.map { $0 > now } ?? false
        try connection.run(
            MessageQuery.move,
            [
                ":id": .id(message.id), ":state": .text(columns.state), ":failure": .text(columns.failure),
                ":message_id": .text(columns.messageID), ":now": .time(now),
                ":given_back": .integer(givingBack), ":spared": .integer(isTry ? 0 : 1),
                ":is_split": .flag(isSplit), ":place": isPaused || dueAt == nil ? .null : place(at: now),
                ":paused_until": .time(isPaused ? dueAt : nil), ":cancel_due_at": .time(cancelDueAt),
                ":network_time": .time(networkTime),
                ":status_text": .text(statusText),
            ])
        let before = before ?? message.state
        waiting += (state.isWaiting ? 1 : 0) - (before.isWaiting ? 1 : 0)
        if dueAt != nil { bells.ring(message.carriers) }
        if cancelDueAt != nil, let mmsc = message.mmsc { bells.cancelling.insert(mmsc) }
        try appendEvent(
            of: message.id, in: message.batch, becoming: state, for: message.subscription, now: now,
            isCounted: before.isFinal)
        if state.isFinal, !before.isFinal {
            try countEnded(1, in: message.batch, for: message.subscription, now: now)
        }
    }
}
