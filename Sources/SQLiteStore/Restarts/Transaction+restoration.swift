import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Puts messages in doubt that are queued and have begun: of the next that wait behind a place.
    ///
    /// - Returns: how many those are, and where to go on; nil at the end.
    func doubtQueued(
        after place: WaitingPlace?, limit: Int, now: Date
    ) throws(SQLiteError) -> (count: Int, rest: WaitingPlace?) {
        let state = try decided { () throws(StoreFailure) in try MessageState.queued.after(.restored) }
        let last = try sliceEnd(after: place, limit: limit)
        let count = try connection.run(
            RestorationQuery.doubt,
            place.bindings.with([
                ":state": .text(state.name), ":now": .time(now), ":place": self.place(at: now),
                ":last_expire_at": last.map { .time($0.expireAt) } ?? .integer(.max),
                ":last_id": last.map { .id($0.message) } ?? .text(""),
            ]))
        return (count, last)
    }

    private func sliceEnd(after place: WaitingPlace?, limit: Int) throws(SQLiteError) -> WaitingPlace? {
        try connection.first(
            RestorationQuery.sliceEnd, place.bindings.with([":offset": .integer(limit - 1)])
        ) { (row) throws(SQLiteError) in WaitingPlace(expireAt: try row.time(), message: try row.id()) }
    }
}

extension WaitingPlace? {
    /// Where a statement goes on, or begins.
    var bindings: Bindings {
        [":expire_at": map { .time($0.expireAt) } ?? .integer(.min), ":id": map { .id($0.message) } ?? .text("")]
    }
}
