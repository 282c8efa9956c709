import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Puts messages in doubt that are queued and have begun: of the next that wait behind a cursor.
    ///
    /// - Returns: how many those are, and where to go on; nil at the end.
    func doubtQueued(
        after cursor: WaitingCursor?, limit: Int, now: Date
    ) throws(SQLiteError) -> (count: Int, rest: WaitingCursor?) {
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

    private func sliceEnd(after cursor: WaitingCursor?, limit: Int) throws(SQLiteError) -> WaitingCursor? {
        try connection.first(
            RestorationQuery.sliceEnd, cursor.bindings.with([":offset": .integer(limit - 1)])
        ) { (row) throws(SQLiteError) in WaitingCursor(expireAt: try row.time(), message: try row.id()) }
    }
}

extension WaitingCursor? {
    /// Where a statement goes on, or begins.
    var bindings: Bindings {
        [":expire_at": map { .time($0.expireAt) } ?? .integer(.min), ":id": map { .id($0.message) } ?? .text("")]
    }
}
