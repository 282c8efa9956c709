import SQLStore

/// What a copy of all rows has to know of the database.
extension PostgresDriver {
    /// Those of the named tables that are there, in their order.
    func tables(named names: [String]) throws(SQLError) -> [CopiedTable] {
        let result = try query(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, NULL), a.attidentity <> '',
                array_position(CAST(i.indkey AS int2[]), a.attnum)
            FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
            LEFT JOIN pg_index AS i ON i.indrelid = c.oid AND i.indisprimary
            WHERE c.relnamespace = to_regnamespace(current_schema()) AND c.relkind = 'r'
            ORDER BY c.relname, a.attnum
            """, doing: "looking for the tables")
        var tables: [String: CopiedTable] = [:]
        var keys: [String: [(place: Int, column: String)]] = [:]
        for row in 0..<result.rowCount {
            guard let name = result.text(row, 0), names.contains(name), let column = result.text(row, 1) else {
                continue
            }
            let kind = try Self.kind(result.text(row, 2) ?? "", of: name)
            tables[name, default: CopiedTable(name)].columns.append(CopiedTable.Column(column, kind))
            if result.text(row, 3) == "t" { tables[name]?.numbered = column }
            if let place = result.text(row, 4).flatMap({ Int($0) }) { keys[name, default: []].append((place, column)) }
        }
        return names.compactMap { name in
            var table = tables[name]
            table?.key = (keys[name] ?? []).sorted { $0.place < $1.place }.map(\.column)
            return table
        }
    }

    /// The highest number that a column has given out; nil for none.
    func lastNumber(of column: String, in table: String) throws(SQLError) -> Int64? {
        let doing = "looking for the last number"
        guard let sequence = try query("SELECT \(Self.sequence(of: column, in: table))", doing: doing).text(0, 0) else {
            return nil
        }
        let result = try query("SELECT last_value FROM \(sequence) WHERE is_called", doing: doing)
        return result.rowCount == 0 ? nil : result.text(0, 0).flatMap { Int64($0) }
    }

    /// In a transaction that writes. The server keeps the number even if that is rolled back, which does no harm.
    func setLastNumber(_ number: Int64, of column: String, in table: String) throws(SQLError) {
        try write(
            "SELECT setval(\(Self.sequence(of: column, in: table)), \(number))", doing: "setting the last number")
    }

    private static func sequence(of column: String, in table: String) -> String {
        "pg_get_serial_sequence('\(table)', '\(column)')"
    }

    private static func kind(_ type: String, of table: String) throws(SQLError) -> CopiedTable.Kind {
        switch type {
        case "bigint", "boolean": return .integer
        case "text": return .text
        case "bytea": return .octets
        default: throw .mistake("\(table) has a column of the type \(type)")
        }
    }
}
