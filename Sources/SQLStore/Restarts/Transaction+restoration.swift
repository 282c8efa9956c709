import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Puts queued messages of batches that have begun in doubt, among the next messages after a cursor.
    ///
    /// - Returns: how many messages that are, and where to continue; nil at the end.
    func doubtQueued(
        after cursor: WaitingCursor?, limit: Int, now: Date
    ) throws(SQLError) -> (count: Int, rest: WaitingCursor?) {
        let state = try decided { () throws(StoreFailure) in try MessageState.queued.after(.restored) }
        let last = try sliceEnd(after: cursor, limit: limit)
        let count = try connection.run(
            RestorationQuery.doubt,
            cursor.bindings.with([
                ":state": .text(state.name), ":now": .time(now), ":position": self.position(at: now),
                ":last_expire_at": last.map { .time($0.expireAt) } ?? .integer(.max),
                ":last_id": last.map { .id($0.message) } ?? .text(""),
            ]))
        return (count, last)
    }

    /// Puts batches in doubt whose time has come and whose recipients are still to become messages: those messages are
    /// in doubt from their beginning. What was queued in the copy is in doubt then.
    ///
    /// - Returns: how many recipients of apps' batches that are.
    func endCopy(now: Date) throws(SQLError) -> Int {
        let counts = try connection.rows(
            RestorationQuery.doubtAppBatches, [":now": .time(now)]
        ) { (row) throws(SQLError) in try row.integer() }
        try connection.write(RestorationQuery.doubtGroups, [":now": .time(now)])
        try connection.write(RestorationQuery.endCopy)
        return counts.reduce(0, +)
    }

    /// Puts messages in doubt that were just made of a batch that is.
    func doubt(_ messages: [Message], now: Date) throws(SQLError) {
        let state = try decided { () throws(StoreFailure) in try MessageState.queued.after(.restored) }
        try connection.write(
            RestorationQuery.doubtNew,
            [
                ":state": .text(state.name), ":now": .time(now), ":position": position(at: now),
                ":messages": .text(JSONColumn.plainList(messages.lazy.map(\.id.description))),
            ])
    }

    private func sliceEnd(after cursor: WaitingCursor?, limit: Int) throws(SQLError) -> WaitingCursor? {
        try connection.first(
            RestorationQuery.sliceEnd, cursor.bindings.with([":offset": .integer(limit - 1)])
        ) { (row) throws(SQLError) in WaitingCursor(expireAt: try row.time(), message: try row.id()) }
    }
}

extension WaitingCursor? {
    /// The parameters for where a statement begins or continues.
    var bindings: Bindings {
        [":expire_at": map { .time($0.expireAt) } ?? .integer(.min), ":id": map { .id($0.message) } ?? .text("")]
    }
}
