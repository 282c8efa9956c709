import GatewayCore

extension Snapshot {
    func tallies(of batch: Batch.ID) throws(SQLError) -> [Tally] {
        try connection.rows(MessageQuery.counts, [":batch": .id(batch)]) { (row) throws(SQLError) in
            Tally(state: try row.stateAlone(), count: try row.integer())
        }
    }

    /// Tallies in the order in which their first recipients stand in the batch.
    func talliesWithRecipients(of batch: Batch.ID) throws(SQLError) -> [Tally] {
        var states: [MessageState] = []
        var recipients: [MessageState: [MSISDN]] = [:]
        _ = try connection.rows(MessageQuery.recipients, [":batch": .id(batch)]) { (row) throws(SQLError) in
            let state = try row.stateAlone()
            if recipients[state] == nil { states.append(state) }
            recipients[state, default: []].append(try row.recipient())
        }
        return states.map { state in
            let recipients = recipients[state] ?? []
            return Tally(state: state, count: recipients.count, recipients: recipients)
        }
    }

    /// Reads many rows of indexes.
    func queueTally() throws(SQLError) -> QueueTally {
        var tally = QueueTally()
        for query in [MessageQuery.countWaiting, .countSubmitting] {
            let counts = try connection.rows(query) { (row) throws(SQLError) in
                (owner: try row.integer(), count: try row.integer())
            }
            for (owner, count) in counts { tally.waiting.count(count, of: owner) }
        }
        let last = try connection.first(MessageQuery.lastPosition) { row in row.optionalTime() } ?? nil
        tally.lastPosition = last?.milliseconds ?? 0
        tally.recipients = try openRecipients()
        return tally
    }
}

extension Transaction {
    /// Counts what waits anew, from the rows as they are now.
    func recount() throws(SQLError) {
        let counted = try Snapshot(connection: connection).queueTally()
        tally.waiting = counted.waiting
        tally.recipients = counted.recipients
        tally.lastPosition = max(tally.lastPosition, counted.lastPosition)
    }
}
