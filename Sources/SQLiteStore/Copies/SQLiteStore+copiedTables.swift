package import GatewayCore
import SQLStore

extension SQLiteStore {
    /// The tables that a copy of the store consists of, as this release makes them: each behind those that it refers to,
    /// and behind those whose triggers write to it. What an operator has added to a database is none of them.
    package static func copiedTables() throws(StoreFailure) -> [String] {
        do throws(SQLError) {
            let model = try SQLiteDriver(path: ":memory:", access: .readWrite)
            defer { model.close() }
            try model.migrate()
            var order: [String] = []
            for table in try model.rows(ReferenceQuery.tables, read: { (row) throws(SQLError) in try row.text() }) {
                try append(table, to: &order, of: model)
            }
            // The row of the pulse is the database's own.
            return order.filter { $0 != "pulse" }
        } catch {
            throw StoreFailure(error)
        }
    }

    private static func append(_ table: String, to order: inout [String], of model: SQLiteDriver) throws(SQLError) {
        guard !order.contains(table) else { return }
        let others = try model.rows(ReferenceQuery.references, [":table": .text(table)]) {
            (row) throws(SQLError) in try row.text()
        }
        for other in others where other != table { try append(other, to: &order, of: model) }
        order.append(table)
    }
}

private enum ReferenceQuery: Int, Query {
    case tables, references

    var sql: String {
        switch self {
        // In the order in which they are made: one that a trigger writes to was made behind the trigger's own.
        case .tables:
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
        case .references:
            "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list(:table) ORDER BY 1"
        }
    }
}
