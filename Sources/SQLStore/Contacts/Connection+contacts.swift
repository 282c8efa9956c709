import GatewayCore

extension Connection {
    func contact(_ id: StoredContact.ID, of project: String, number: Int) throws(SQLError) -> StoredContact? {
        try first(
            ContactQuery.find, [":id": .id(id), ":project": .integer(number)]
        ) { (row) throws(SQLError) in try row.contact(of: project) }
    }

    /// The contact that has an identity.
    func holder(of identity: ContactIdentity, in project: Int) throws(SQLError) -> StoredContact.ID? {
        try first(
            ContactQuery.holder,
            [
                ":project": .integer(project), ":identity": .text(identity.identity),
                ":channel": .text(identity.channel),
            ]
        ) { (row) throws(SQLError) in try row.id() }
    }
}

extension Snapshot {
    func contacts(
        of project: String, matching filter: ContactFilter, after last: StoredContact.ID?, limit: Int
    ) throws(SQLError) -> [StoredContact] {
        guard let number = try connection.number(of: .project(project)) else { return [] }
        let part: Bindings = [
            ":project": .integer(number), ":after": .text(last?.description ?? ""), ":limit": .integer(max(limit, 0)),
        ]
        switch filter {
        case .all:
            return try connection.rows(ContactQuery.list, part) { (row) throws(SQLError) in
                try row.contact(of: project)
            }
        case .externalID(let name):
            return try connection.rows(
                ContactQuery.external, part.with([":external_id": .text(name)])
            ) { (row) throws(SQLError) in try row.contact(of: project) }
        case .identity(let identity):
            guard limit > 0, let id = try connection.holder(of: identity, in: number), last.map({ $0 < id }) ?? true
            else { return [] }
            return try connection.contact(id, of: project, number: number).map { [$0] } ?? []
        }
    }

    func contactConflicts(
        of project: String, after last: String, limit: Int
    ) throws(SQLError) -> [ContactConflict] {
        guard let number = try connection.number(of: .project(project)) else { return [] }
        let rows = try connection.rows(
            ContactQuery.conflicts,
            [":project": .integer(number), ":after": .text(last), ":limit": .integer(max(limit, 0))]
        ) { (row) throws(SQLError) in (identity: try row.text(), channel: try row.text(), contact: try row.id()) }
        return rows.chunked { $0.identity == $1.identity }.map { rows in
            ContactConflict(
                identity: rows[0].identity, channels: rows.map(\.channel),
                contacts: Set(rows.map(\.contact)).sorted())
        }
    }
}

extension Array {
    /// Neighbours that belong together.
    fileprivate func chunked(_ belongTogether: (Element, Element) -> Bool) -> [[Element]] {
        var chunks: [[Element]] = []
        for element in self {
            if let last = chunks.last?.last, belongTogether(last, element) {
                chunks[chunks.count - 1].append(element)
            } else {
                chunks.append([element])
            }
        }
        return chunks
    }
}
