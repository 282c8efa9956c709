import FoundationEssentials
import GatewayCore

/// Lists: the count and the page are read from one state of the database, so that they fit together.
extension Snapshot {
    func batches(of owner: Owner, matching filter: BatchFilter, page: Page) throws(SQLiteError) -> Paged<BatchRow> {
        let read = { (row: inout Row) throws(SQLiteError) in try BatchRow(&row) }
        let (from, until) = (SQLValue.time(filter.from), Self.end(filter.until))
        let originators = filter.originators.isEmpty ? SQLValue.null : .text(JSONColumn.texts(filter.originators))
        return try paged(of: owner) { (owner) throws(SQLiteError) in
            if let reference = filter.clientReference {
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

    func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) throws(SQLiteError) -> Paged<FinishedMessage> {
        let read = { (row: inout Row) throws(SQLiteError) in try row.finishedMessage() }
        let (from, until) = (SQLValue.time(filter.from), Self.end(filter.until))
        let states = SQLValue.text(filter.states.map(Self.list))
        return try paged(of: owner) { (owner) throws(SQLiteError) in
            if let reference = filter.clientReference {
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

    func inbounds(of owner: Owner, matching filter: InboundFilter, page: Page) throws(SQLiteError) -> Paged<Inbound> {
        let read = { (row: inout Row) throws(SQLiteError) in try row.inbound() }
        let (from, until) = (SQLValue.time(filter.from), Self.end(filter.until))
        let recipients = filter.recipients.isEmpty ? SQLValue.null : .text(JSONColumn.texts(filter.recipients))
        return try paged(of: owner) { (owner) throws(SQLiteError) in
            if let reference = filter.clientReference {
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

    func groups(of owner: Owner, page: Page) throws(SQLiteError) -> Paged<Group> {
        try paged(of: owner) { (owner) throws(SQLiteError) in
            try list(GroupQuery.count, GroupQuery.list, [":owner": owner], page) { (row) throws(SQLiteError) in
                try row.group()
            }
        }
    }

    /// An owner that the store has never seen has empty lists.
    private func paged<Element>(
        of owner: Owner, _ read: (SQLValue) throws(SQLiteError) -> Paged<Element>
    ) throws(SQLiteError) -> Paged<Element> {
        guard let number = try connection.number(of: owner) else { return Paged(count: 0, elements: []) }
        return try read(.integer(number))
    }

    private func list<Element>(
        _ count: some Query, _ list: some Query, _ filter: Bindings, _ page: Page,
        _ read: (inout Row) throws(SQLiteError) -> Element
    ) throws(SQLiteError) -> Paged<Element> {
        try connection.run(TransactionQuery.beginReading)
        defer { connection.rollBack() }
        let total = try connection.first(count, filter) { (row) throws(SQLiteError) in try row.integer() } ?? 0
        guard page.offset < total, page.size > 0 else { return Paged(count: total, elements: []) }
        let part: Bindings = [":limit": .integer(page.size), ":offset": .integer(page.offset)]
        return Paged(count: total, elements: try connection.rows(list, filter.with(part), read: read))
    }

    private static func end(_ until: Date?) -> SQLValue { until.map { .time($0) } ?? .integer(.max) }

    private static func list(_ states: Set<MessageState>) -> String {
        states.map { "|\($0.columns.state):\($0.columns.failure ?? "")" }.joined() + "|"
    }
}
