import FoundationEssentials
import GatewayCore

extension Snapshot {
    /// A batch as its customer reads it: nil as soon as its removal has begun.
    func batch(_ id: Batch.ID) throws(SQLError) -> BatchRow? {
        guard try !isBeingRemoved(id) else { return nil }
        return try connection.first(BatchQuery.find, [":id": .id(id)]) { (row) throws(SQLError) in try BatchRow(&row)
        }
    }

    /// The same without its parameters.
    func batchWithoutParameters(_ id: Batch.ID) throws(SQLError) -> BatchRow? {
        guard try !isBeingRemoved(id) else { return nil }
        return try connection.first(
            BatchQuery.findWithoutParameters, [":id": .id(id)]
        ) { (row) throws(SQLError) in try BatchRow(&row) }
    }

    /// A batch for a notification, which needs no parameters.
    func labelledBatch(_ id: Batch.ID) throws(SQLError) -> Batch? {
        try connection.first(
            BatchQuery.findWithoutParameters, [":id": .id(id)]
        ) { (row) throws(SQLError) in try row.batchWithoutParameters() }
    }

    func batches(of owner: Owner, matching filter: BatchFilter, page: Page) throws(SQLError) -> Paged<BatchRow> {
        let read = { (row: inout Row) throws(SQLError) in try BatchRow(&row) }
        let (from, until) = (SQLValue.time(filter.from), Self.end(filter.until))
        let originators = filter.originators.isEmpty ? SQLValue.null : .text(JSONColumn.texts(filter.originators))
        return try paged(of: owner) { (owner) throws(SQLError) in
            if let reference = filter.reference {
                return try list(
                    BatchListQuery.countReferenced, BatchListQuery.listReferenced,
                    [
                        ":owner": owner, ":from": from, ":until": until, ":client_reference": .text(reference),
                        ":originators": originators,
                    ], page, read)
            }
            return try BatchList(filter, of: owner, on: connection).page(page)
        }
    }
}
