import GatewayCore

extension Snapshot {
    /// How many messages wait for each MMSC, are on their way to it, or are with it.
    func openMessages() throws(SQLiteError) -> [OpenMessages] {
        let times = try connection.rows(OpenMessagesQuery.oldestDue) { (row) throws(SQLiteError) in
            (carriers: row.optionalText(), time: row.optionalTime())
        }
        let oldest = Dictionary(times.map { ($0.carriers, $0.time) }, uniquingKeysWith: { first, _ in first })
        var counts: [OpenMessages] = []
        for query in [OpenMessagesQuery.waiting, .submitting, .submitted] {
            counts += try connection.rows(query) { (row) throws(SQLiteError) in
                let carriers = try row.present(try row.optionalCarriers())
                let columns = StateColumns(state: try row.text(), messageID: "")
                let state = try row.present(MessageState(columns))
                return OpenMessages(
                    carriers: carriers, state: state, count: try row.integer(),
                    oldestDue: [.queued, .inDoubt].contains(state) ? oldest[carriers.description] ?? nil : nil)
            }
        }
        return counts
    }
}
