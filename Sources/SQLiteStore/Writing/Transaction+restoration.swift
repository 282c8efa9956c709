import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Puts messages in doubt that are queued and have begun; returns how many.
    func doubtQueued(limit: Int, now: Date) throws(SQLiteError) -> Int {
        guard let state = MessageState.queued.applying(.restored)?.columns else { return 0 }
        return try connection.run(
            RestorationQuery.doubt,
            [
                ":state": .text(state.state), ":now": .time(now), ":place": place(at: now), ":limit": .integer(limit),
            ])
    }
}
