import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Gives the next messages that wait for MMSCs which are gone to the ones that the routes now name. A message that
    /// no route leads elsewhere stays where it is, until its MMSC comes back or it expires.
    func reroute(
        from cursor: WaitingCursor?, limit: Int, routes: Routes, among open: Set<String>
    ) throws(SQLError) -> WaitingCursor? {
        let messages = try waiting(from: cursor, limit: limit)
        for message in messages {
            guard let others = message.carriers.rerouted(for: message.recipient, by: routes, among: open) else {
                continue
            }
            try connection.write(
                ClaimQuery.reroute, [":id": .id(message.cursor.message), ":carriers": .text(others.description)])
            signals.raise(for: others)
        }
        return messages.count < limit ? nil : messages.last?.cursor
    }

    private func waiting(
        from cursor: WaitingCursor?, limit: Int
    ) throws(SQLError) -> [(cursor: WaitingCursor, recipient: MSISDN, carriers: Carriers)] {
        try connection.rows(
            ClaimQuery.waiting,
            cursor.bindings.with([":limit": .integer(limit)])
        ) { (row) throws(SQLError) in
            (
                cursor: WaitingCursor(message: try row.id(), expireAt: try row.time()), recipient: try row.recipient(),
                carriers: try row.present(row.optionalCarriers())
            )
        }
    }
}

extension WaitingCursor {
    /// The fields are in the order of the columns.
    fileprivate init(message: Message.ID, expireAt: Date) {
        self.init(expireAt: expireAt, message: message)
    }
}
