import FoundationEssentials
import GatewayCore

/// What is kept. Each statement goes to the ends of a table, however long it is.
enum KeptQuery: Int, Query {
    case oldestBatch, oldestEvent, batches, events

    var sql: String {
        switch self {
        case .oldestBatch:
            "SELECT created_at FROM batch WHERE id = (SELECT min(batch) FROM batch_progress)"
        case .oldestEvent:
            "SELECT created_at FROM event WHERE id = (SELECT min(id) FROM event)"
        // Rows are numbered one after the other, and removed in about that order.
        case .batches:
            "SELECT coalesce((SELECT max(rowid) FROM batch) - (SELECT min(rowid) FROM batch) + 1, 0)"
        case .events:
            "SELECT coalesce((SELECT max(id) FROM event) - (SELECT min(id) FROM event) + 1, 0)"
        }
    }
}

extension Snapshot {
    func keptSpan() throws(SQLError) -> KeptSpan {
        var kept = KeptSpan()
        kept.oldestBatch = try connection.first(KeptQuery.oldestBatch) { (row) throws(SQLError) in try row.time() }
        kept.oldestEvent = try connection.first(KeptQuery.oldestEvent) { (row) throws(SQLError) in try row.time() }
        kept.batches = try count(KeptQuery.batches)
        kept.events = try count(KeptQuery.events)
        let size = try connection.driver.size()
        (kept.bytes, kept.freeBytes) = (size.bytes, size.freeBytes)
        return kept
    }
}
