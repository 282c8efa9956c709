import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Ends messages that may no longer be sent, whatever their MMSC is, and writes their events; returns how many.
    /// Held reports that are too old are removed at the same time.
    func expire(limit: Int, now: Date) throws(SQLError) -> Int {
        try dropAgedReports(now: now)
        let change = try decided { () throws(StoreFailure) in try WaitingChange(.abandoned(.expiredInQueue)) }
        let ended = try connection.rows(
            MessageQuery.expire,
            change.bindings.with([":now": .time(now), ":limit": .integer(limit)])
        ) { (row) throws(SQLError) in try EndedMessage(&row) }
        for (batch, messages) in Dictionary(grouping: ended, by: \.batch).sorted(by: { $0.key < $1.key }) {
            let subscription = try progress(of: batch).subscription
            countWaiting(-messages.count, of: subscription.owner)
            for message in messages.sorted(by: { $0.id < $1.id }) {
                try appendEvent(of: message.id, in: batch, becoming: message.state, for: subscription, now: now)
            }
            try countEnded(messages.count, in: batch, for: subscription, now: now)
        }
        return ended.count
    }
}
