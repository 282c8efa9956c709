import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Withdraws the messages in a slice of the batch that were not sent yet; a batch that has not begun loses its
    /// messages.
    ///
    /// - Returns: whether there is such a batch, and the number after which the withdrawal continues.
    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) throws(SQLError) -> (isKnown: Bool, rest: String?) {
        guard let (number, status) = try status(of: id, for: owner) else { return (false, nil) }
        // A repeated cancellation completes what the first one left undone.
        guard !status.isCanceled else { return (true, try isMarked(id) ? "" : nil) }
        try connection.write(BatchQuery.cancel, [":id": .id(id), ":now": .time(now)])
        try connection.write(BatchQuery.cancelProgress, [":batch": .id(id)])
        let messages = try messageCounts(of: id)
        if status.cancelling(messages, now: now) == .dropsMessages {
            countWaiting(-messages.queued, of: number)
            try connection.write(MessageQuery.dropAll, [":batch": .id(id)])
            try connection.write(BatchQuery.clearOpenCount, [":batch": .id(id)])
            return (true, nil)
        }
        let rest = try withdraw(id, isUnexpanded: status.isUnexpanded, after: "", now: now)
        if rest != nil { try connection.write(CancellationQuery.mark, [":batch": .id(id)]) }
        return (true, rest)
    }

    /// Withdraws the next messages of a batch that was cancelled.
    ///
    /// - Returns: the number after which to continue; nil at the end.
    func withdraw(
        _ batch: Batch.ID, isUnexpanded: Bool = false, after: String, now: Date
    ) throws(SQLError) -> String? {
        let slice = try slice(of: batch, after: after)
        try beginCancellation(of: slice, in: batch, now: now)
        let change = try decided { () throws(StoreFailure) in try WaitingChange(.cancelled) }
        let subscription = try progress(of: batch).subscription
        let ended = try connection.rows(
            MessageQuery.withdraw,
            slice.bindings(of: batch).with(change.bindings).with([":now": .time(now)])
        ) { (row) throws(SQLError) in try EndedMessage(&row) }
        countWaiting(-ended.count, of: subscription.owner)
        for message in ended {
            try appendEvent(of: message.id, in: batch, becoming: message.state, for: subscription, now: now)
        }
        try countEnded(ended.count, in: batch, for: subscription, now: now)
        // The batch has only groups, and no member had become a message yet: it ends without messages.
        if slice.isAll, ended.isEmpty, isUnexpanded {
            try appendEndIfOver(of: batch, for: subscription, now: now)
        }
        if !slice.isAll, slice.through == nil { try connection.write(CancellationQuery.unmark, [":batch": .id(batch)]) }
        return slice.through
    }

    /// Batches that were cancelled and not withdrawn completely.
    func markedWithdrawals() throws(SQLError) -> [Batch.ID] {
        try connection.rows(CancellationQuery.marked) { (row) throws(SQLError) in try row.id() }
    }

    private func isMarked(_ batch: Batch.ID) throws(SQLError) -> Bool {
        try connection.first(CancellationQuery.isMarked, [":batch": .id(batch)]) { _ in true } ?? false
    }

    /// The progress of an owner's batch; nil where the owner has no such batch.
    func status(
        of batch: Batch.ID, for owner: Owner
    ) throws(SQLError) -> (owner: Int, status: BatchStatus)? {
        let found = try connection.first(BatchQuery.status, [":id": .id(batch)]) { (row) throws(SQLError) in
            (
                owner: try row.integer(),
                status: BatchStatus(
                    isCanceled: try row.flag(), revision: try row.integer(), beginsAt: row.optionalTime(),
                    isUnexpanded: try row.flag())
            )
        }
        guard let found, try number(of: owner) == found.owner, try !connection.isBeingRemoved(batch) else { return nil }
        return found
    }

    func messageCounts(of batch: Batch.ID) throws(SQLError) -> BatchStatus.Messages {
        let counts = try connection.first(
            MessageQuery.status, [":batch": .id(batch), ":limit": .integer(BatchStatus.Messages.limit + 1)]
        ) { (row) throws(SQLError) in
            BatchStatus.Messages(queued: try row.integer(), left: try row.integer(), all: try row.integer())
        }
        return counts ?? BatchStatus.Messages(queued: 0, left: 0, all: 0)
    }
}
