import FoundationEssentials
import GatewayCore

extension Snapshot {
    /// How many messages wait for each MMSC, are being sent to it, or were taken by it.
    func openMessages() throws(SQLError) -> [OpenMessages] {
        var oldest: [String: Date] = [:]
        for query in [OpenMessagesQuery.oldestDue, .nextPauseEnd] {
            _ = try connection.rows(query) { (row) throws(SQLError) in
                let carriers = try row.text()
                let time = try row.time()
                oldest[carriers] = min(oldest[carriers] ?? time, time)
            }
        }
        var counts: [OpenMessages] = []
        for query in [OpenMessagesQuery.waiting, .submitting, .submitted] {
            counts += try connection.rows(query) { (row) throws(SQLError) in
                let carriers = try row.present(try row.optionalCarriers())
                let columns = StateColumns(state: try row.text(), messageID: "")
                let state = try row.present(MessageState(columns))
                return OpenMessages(
                    carriers: carriers, state: state, count: try row.integer(),
                    oldestDue: [.queued, .inDoubt].contains(state) ? oldest[carriers.description] : nil)
            }
        }
        return counts
    }
}
