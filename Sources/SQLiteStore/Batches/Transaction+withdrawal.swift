import FoundationEssentials
import GatewayCore

/// Where a batch stands when somebody wants to change it.
struct Standing {
    let owner: Int
    let isCanceled: Bool
    let revision: Int
    /// The time that the customer chose; nil: at once.
    let beginsAt: Date?
    let isUnexpanded: Bool
}

extension Transaction {
    /// Messages of a batch that are looked at, changed or dropped in one commit at most. A batch has more of its own
    /// only when its groups have become messages.
    private static let replaceableLimit = 2_000

    /// Withdraws what has not left of a slice of the batch; a batch that has not begun loses its messages.
    ///
    /// - Returns: whether there is such a batch, and the number behind which the withdrawal goes on.
    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) throws(SQLiteError) -> (isKnown: Bool, rest: String?) {
        guard let standing = try standing(of: id), try number(of: owner) == standing.owner else { return (false, nil) }
        // What the first time did not come to its end does at the second.
        guard !standing.isCanceled else { return (true, try isMarked(id) ? "" : nil) }
        try connection.run(BatchQuery.cancel, [":id": .id(id), ":now": .time(now)])
        try connection.run(BatchQuery.cancelProgress, [":batch": .id(id)])
        let count = try messageCounts(of: id)
        // A clock that was set back does not make it as if nothing had left.
        if let beginsAt = standing.beginsAt, beginsAt > now, !count.hasLeft {
            waiting -= count.queued
            try connection.run(MessageQuery.dropAll, [":batch": .id(id)])
            try connection.run(BatchQuery.clearOpenCount, [":batch": .id(id)])
            return (true, nil)
        }
        let rest = try withdraw(id, isUnexpanded: standing.isUnexpanded, after: "", now: now)
        if rest != nil { try connection.run(CancellationQuery.mark, [":batch": .id(id)]) }
        return (true, rest)
    }

    /// Withdraws the next messages of a batch that was cancelled.
    ///
    /// - Returns: the number to go on behind; nil at the end.
    func withdraw(
        _ batch: Batch.ID, isUnexpanded: Bool = false, after: String, now: Date
    ) throws(SQLiteError) -> String? {
        let slice = try slice(of: batch, after: after)
        try beginCancellation(of: slice, in: batch, now: now)
        guard let unsent = MessageState.queued.applying(.cancelled),
            let sent = MessageState.inDoubt.applying(.cancelled),
            let (subscription, _) = try progress(of: batch)
        else { return nil }
        let ended = try connection.rows(
            MessageQuery.withdraw,
            slice.bindings(of: batch).with([
                ":unsent_state": .text(unsent.columns.state), ":sent_state": .text(sent.columns.state),
                ":now": .time(now),
            ])
        ) { (row) throws(SQLiteError) in try EndedMessage(&row) }
        waiting -= ended.count
        for message in ended {
            try appendEvent(of: message.id, in: batch, becoming: message.state, for: subscription, now: now)
        }
        try countEnded(ended.count, in: batch, for: subscription, now: now)
        // Groups alone, of which no member had become a message yet: the batch ends with nobody.
        if slice.isAll, ended.isEmpty, isUnexpanded {
            try appendEndIfOver(of: batch, for: subscription, now: now)
        }
        if !slice.isAll, slice.through == nil { try connection.run(CancellationQuery.unmark, [":batch": .id(batch)]) }
        return slice.through
    }

    /// Batches that were cancelled and are not withdrawn to their end.
    func markedWithdrawals() throws(SQLiteError) -> [Batch.ID] {
        try connection.rows(CancellationQuery.marked) { (row) throws(SQLiteError) in try row.id() }
    }

    private func isMarked(_ batch: Batch.ID) throws(SQLiteError) -> Bool {
        try connection.first(CancellationQuery.isMarked, [":batch": .id(batch)]) { _ in true } ?? false
    }

    func standing(of batch: Batch.ID) throws(SQLiteError) -> Standing? {
        try connection.first(BatchQuery.standing, [":id": .id(batch)]) { (row) throws(SQLiteError) in
            Standing(
                owner: try row.integer(), isCanceled: try row.flag(), revision: try row.integer(),
                beginsAt: row.optionalTime(), isUnexpanded: try row.flag())
        }
    }

    /// A batch of thousands of messages has begun: nobody counts them all while others wait.
    func messageCounts(of batch: Batch.ID) throws(SQLiteError) -> (queued: Int, hasLeft: Bool) {
        let counts = try connection.first(
            MessageQuery.standing, [":batch": .id(batch), ":limit": .integer(Self.replaceableLimit + 1)]
        ) { (row) throws(SQLiteError) in
            let (queued, left, all) = (try row.integer(), try row.integer(), try row.integer())
            return (queued: queued, hasLeft: left > 0 || all > Self.replaceableLimit)
        }
        return counts ?? (0, false)
    }
}
