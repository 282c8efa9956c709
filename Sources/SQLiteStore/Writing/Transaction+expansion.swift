import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Makes messages of the members of a batch's groups, if that is still to be done. A group that was deleted counts
    /// as empty, and a number that the batch has already stays one message.
    func expand(_ batch: Batch.ID, by expansion: Expansion, now: Date) throws(SQLiteError) {
        let wanted = try connection.first(BatchQuery.unexpanded, [":batch": .id(batch)]) {
            (row) throws(SQLiteError) in
            (
                owner: try row.integer(), recipients: try row.text(), reporting: try row.reporting(),
                expireAt: try row.time()
            )
        }
        guard let wanted else { return }
        let groups = wanted.recipients.split(separator: " ").filter { MSISDN($0) == nil }.map(String.init)
        let numbers = try connection.rows(
            GroupQuery.expandForBatch,
            [
                ":ids": .text(JSONColumn.plainList(groups)), ":owner": .integer(wanted.owner), ":batch": .id(batch),
                ":limit": .integer(Expansion.limit),
            ]
        ) { (row) throws(SQLiteError) in try row.recipient() }
        let messages = expansion.messages(to: numbers, of: batch, now: now.wholeMilliseconds)
        let magnitude = DueQueue.magnitude(ofBatchWith: messages.count)
        for message in messages {
            try insert(
                message, owner: wanted.owner, magnitude: magnitude, reporting: wanted.reporting,
                expireAt: wanted.expireAt)
        }
        let opened = messages.count { !$0.state.isFinal }
        try connection.run(BatchQuery.recordExpansion, [":batch": .id(batch), ":opened": .integer(opened)])
        if wanted.reporting.tellsEndOfBatch, try progress(of: batch)?.isOver == true {
            try tellEnd(of: batch, now: now)
        }
    }
}
