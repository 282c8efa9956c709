import SQLStore

/// What a copy of all rows has to know of the database.
extension SQLiteDriver {
    /// Those of the named tables that are there.
    func tables(named names: [String]) throws(SQLError) -> [CopiedTable] {
        var tables: [CopiedTable] = []
        for name in names {
            var table = CopiedTable(name)
            var isWithoutRowID = false
            let columns = try rows(CatalogueQuery.columns, [":table": .text(name)]) { (row) throws(SQLError) in
                let column = (
                    name: try row.text(), kind: try Self.kind(row.text(), of: name), place: try row.integer()
                )
                isWithoutRowID = try row.flag()
                return column
            }
            guard !columns.isEmpty else { continue }
            table.columns = columns.map { CopiedTable.Column($0.name, $0.kind) }
            let key = columns.filter { $0.place > 0 }.sorted { $0.place < $1.place }
            table.key = key.map(\.name)
            if key.count == 1, key[0].kind == .integer {
                // It is the number of the row by another name.
                table.numbered = key[0].name
            } else if !isWithoutRowID {
                table.numbered = "rowid"
                table.columns.append(CopiedTable.Column("rowid", .integer, isHidden: true))
            }
            tables.append(table)
        }
        return tables
    }

    func lastNumber(of table: CopiedTable) throws(SQLError) -> Int64? {
        guard let column = table.numbered else { return nil }
        let kept = try first(CatalogueQuery.sequence, [":table": .text(table.name)]) { $0.next().optionalInteger() }
        if let kept, let kept { return Int64(kept) }
        return try value(of: "SELECT max(\"\(column)\") FROM \"\(table.name)\"").flatMap { Int64($0) }
    }

    /// Only a table with AUTOINCREMENT remembers a number of which the row is gone.
    func setLastNumber(_ number: Int64, of table: CopiedTable) throws(SQLError) {
        let remembers = try first(CatalogueQuery.remembers, [":table": .text(table.name)]) {
            (row) throws(SQLError) in try row.flag()
        }
        guard remembers ?? false else { return }
        try run(CatalogueQuery.forgetSequence, [":table": .text(table.name)])
        try run(CatalogueQuery.setSequence, [":table": .text(table.name), ":number": .integer(number)])
    }

    private static func kind(_ type: String, of table: String) throws(SQLError) -> CopiedTable.Kind {
        switch type {
        case "INTEGER": return .integer
        case "TEXT": return .text
        case "BLOB": return .octets
        default: throw .mistake("\(table) has a column of the type \(type)")
        }
    }
}

private enum CatalogueQuery: Int, Query {
    case columns, sequence, remembers, forgetSequence, setSequence

    var sql: String {
        switch self {
        case .columns:
            """
            SELECT "column".name, "column".type, "column".pk, list.wr
            FROM pragma_table_list AS list JOIN pragma_table_info(list.name) AS "column"
            WHERE list.schema = 'main' AND list.type = 'table' AND list.name = :table
            ORDER BY "column".cid
            """
        case .sequence:
            "SELECT seq FROM sqlite_sequence WHERE name = :table"
        case .remembers:
            "SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_schema WHERE type = 'table' AND name = :table"
        case .forgetSequence:
            "DELETE FROM sqlite_sequence WHERE name = :table"
        case .setSequence:
            "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :number)"
        }
    }
}
