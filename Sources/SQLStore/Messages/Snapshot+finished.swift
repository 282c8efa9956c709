import FoundationEssentials
import GatewayCore

extension Snapshot {
    func message(to recipient: MSISDN, in batch: Batch.ID) throws(SQLError) -> Message? {
        try connection.first(
            MessageQuery.find, [":batch": .id(batch), ":recipient": .text(recipient.digits)]
        ) { (row) throws(SQLError) in try row.message() }
    }

    func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) throws(SQLError) -> Paged<FinishedMessage> {
        let read = { (row: inout Row) throws(SQLError) in try row.finishedMessage() }
        let (from, until) = (SQLValue.time(filter.from), Self.end(filter.until))
        let states = SQLValue.text(filter.states.map(Self.list))
        return try paged(of: owner) { (owner) throws(SQLError) in
            if let reference = filter.reference {
                return try list(
                    FinishedListQuery.countReferenced, FinishedListQuery.listReferenced,
                    [
                        ":owner": owner, ":from": from, ":until": until, ":states": states,
                        ":client_reference": .text(reference),
                    ], page, read)
            }
            return try list(
                FinishedListQuery.count, FinishedListQuery.list,
                [":owner": owner, ":from": from, ":until": until, ":states": states], page, read)
        }
    }

    private static func list(_ states: Set<MessageState>) -> String {
        JSONColumn.plainList(states.lazy.map { "\($0.columns.state):\($0.columns.failure ?? "")" })
    }
}
