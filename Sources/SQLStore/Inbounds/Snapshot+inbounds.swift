import FoundationEssentials
import GatewayCore

extension Snapshot {
    func inbound(_ id: Inbound.ID) throws(SQLError) -> Inbound? {
        try connection.first(InboundQuery.find, [":id": .id(id)]) { (row) throws(SQLError) in try row.inbound() }
    }

    func inbounds(of owner: Owner, matching filter: InboundFilter, page: Page) throws(SQLError) -> Paged<Inbound> {
        let read = { (row: inout Row) throws(SQLError) in try row.inbound() }
        let (from, until) = (SQLValue.time(filter.from), Self.end(filter.until))
        let recipients = filter.recipients.isEmpty ? SQLValue.null : .text(JSONColumn.texts(filter.recipients))
        return try paged(of: owner) { (owner) throws(SQLError) in
            if let reference = filter.reference {
                return try list(
                    InboundQuery.countReferenced, InboundQuery.listReferenced,
                    [
                        ":owner": owner, ":from": from, ":until": until, ":client_reference": .text(reference),
                        ":recipients": recipients,
                    ], page, read)
            }
            if !filter.recipients.isEmpty {
                return try list(
                    InboundQuery.countTo, InboundQuery.listTo,
                    [":owner": owner, ":from": from, ":until": until, ":recipients": recipients], page, read)
            }
            return try list(
                InboundQuery.count, InboundQuery.list, [":owner": owner, ":from": from, ":until": until], page, read)
        }
    }
}
