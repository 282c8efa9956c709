import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Gives those of the next messages that wait for MMSCs which are gone to the ones that routes now name. One that
    /// no route leads away stays where it is, until its MMSC comes back or its time is over.
    func reroute(
        from place: WaitingPlace?, limit: Int, routes: Routes, isGone: (String) -> Bool
    ) throws(SQLiteError) -> WaitingPlace? {
        let messages = try waiting(from: place, limit: limit)
        for message in messages {
            guard
                let others = message.carriers?.rerouted(for: message.recipient, by: routes, isGone: isGone)
            else { continue }
            try connection.run(
                ClaimQuery.reroute, [":id": .id(message.place.message), ":carriers": .text(others.description)])
            bells.ring(others)
        }
        return messages.count < limit ? nil : messages.last?.place
    }

    private func waiting(
        from place: WaitingPlace?, limit: Int
    ) throws(SQLiteError) -> [(place: WaitingPlace, recipient: MSISDN, carriers: Carriers?)] {
        try connection.rows(
            ClaimQuery.waiting,
            place.bindings.with([":limit": .integer(limit)])
        ) { (row) throws(SQLiteError) in
            (
                place: WaitingPlace(message: try row.id(), expireAt: try row.time()), recipient: try row.recipient(),
                carriers: try row.optionalCarriers()
            )
        }
    }
}

extension WaitingPlace {
    /// In the order of the columns.
    fileprivate init(message: Message.ID, expireAt: Date) {
        self.init(expireAt: expireAt, message: message)
    }
}
