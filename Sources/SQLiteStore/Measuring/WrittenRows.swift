import CSQLite
package import GatewayCore
import SQLStore

/// The rows that messages left in a database, held in memory to be written into another one: what the store does is
/// compared in measurements with SQLite that writes each of the same rows once.
package final class WrittenRows {
    /// How many messages they are of.
    package let messages: Int
    private var rows: [Row] = []
    private var batches = 0
    private var columnCounts: [String: Int32] = [:]

    private struct Row {
        let table: String
        /// The place of its batch among all, from 0.
        let batch: Int
        let values: [OpaquePointer]
    }

    /// Reads the rows of the newest batches.
    ///
    /// - Parameters:
    ///   - directory: a data directory that no gateway uses.
    ///   - limit: about how many messages.
    package init(of directory: String, limit: Int) throws(StoreFailure) {
        do throws(SQLError) {
            let connection = try SQLiteDriver.reader(path: DataDirectory(path: directory).database)
            defer { connection.close() }
            let size = try connection.value(
                of: "SELECT max(count(*), 1) FROM message WHERE batch = (SELECT max(id) FROM batch)")
            let count = max(limit / (size.flatMap { Int($0) } ?? 1), 1)
            let chosen = "(SELECT id FROM batch ORDER BY id DESC LIMIT \(count))"
            messages =
                try connection.value(of: "SELECT count(*) FROM message WHERE batch IN \(chosen)")
                .flatMap { Int($0) } ?? 0
            try read("owner", "SELECT * FROM owner", on: connection)
            let newest = try SQLiteStatement(
                "SELECT id FROM batch WHERE id IN \(chosen) ORDER BY id", named: "the newest batches",
                on: connection.opened())
            while try newest.step() {
                guard let batch = newest.text(at: 0) else { continue }
                batches += 1
                for table in MessageTable.allCases {
                    // An identifier is letters and digits.
                    let condition = table.condition(batch: "'\(batch)'")
                    try read(table.rawValue, "SELECT * FROM \(table.rawValue) WHERE \(condition)", on: connection)
                }
            }
        } catch {
            throw StoreFailure(error)
        }
    }

    deinit {
        for row in rows { for value in row.values { sqlite3_value_free(value) } }
    }

    private func read(_ table: String, _ sql: String, on connection: SQLiteDriver) throws(SQLError) {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(try connection.opened(), sql, -1, 0, &statement, nil)
        defer { sqlite3_finalize(statement) }
        guard code == SQLITE_OK else { throw connection.failure(doing: "reading rows") }
        let columns = sqlite3_column_count(statement)
        columnCounts[table] = columns
        while sqlite3_step(statement) == SQLITE_ROW {
            let values = (0..<columns).compactMap { sqlite3_value_dup(sqlite3_column_value(statement, $0)) }
            rows.append(Row(table: table, batch: max(batches - 1, 0), values: values))
        }
    }

    /// A database with the tables of the store and nothing in them.
    package static func makeDatabase(in directory: String) throws(StoreFailure) {
        let directory = DataDirectory(path: directory)
        try DataFolder.make(directory.path)
        do throws(SQLError) {
            let connection = try SQLiteDriver.writer(path: directory.database)
            try connection.migrate()
            connection.close()
        } catch {
            throw StoreFailure(error)
        }
    }

    /// Writes them all, with the settings of the store and about as many rows in each commit.
    ///
    /// As in a gateway, where lives overlap, a commit has rows of the same tables of several batches rather than all rows
    /// of a few.
    ///
    /// - Parameter directory: what `makeDatabase` made.
    package func write(to directory: String, commits: Int) throws(StoreFailure) {
        do throws(SQLError) {
            let connection = try SQLiteDriver.writer(path: DataDirectory(path: directory).database)
            defer { connection.close() }
            var statements: [String: OpaquePointer] = [:]
            defer { for statement in statements.values { sqlite3_finalize(statement) } }
            for (table, columns) in columnCounts {
                let places = (0..<columns).map { _ in "?" }.joined(separator: ",")
                var statement: OpaquePointer?
                sqlite3_prepare_v3(
                    try connection.opened(), "INSERT INTO \(table) VALUES (\(places))", -1,
                    UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
                guard let statement else { throw connection.failure(doing: "preparing rows") }
                statements[table] = statement
            }
            let share = max((rows.count + commits - 1) / max(commits, 1), 1)
            let rows = inOrder(commits: commits)
            for first in stride(from: 0, to: rows.count, by: share) {
                try connection.begin()
                for row in rows[first..<min(first + share, rows.count)] {
                    let statement = statements[row.table]
                    for (index, value) in row.values.enumerated() {
                        sqlite3_bind_value(statement, Int32(index + 1), value)
                    }
                    guard sqlite3_step(statement) == SQLITE_DONE else {
                        throw connection.failure(doing: "writing rows")
                    }
                    sqlite3_reset(statement)
                }
                try connection.commit()
            }
        } catch {
            throw StoreFailure(error)
        }
    }

    /// How many commits a life has, each with tables of its own: for the POST, the picture, the submission, the report
    /// and the callback.
    private static let stages = 5

    /// Window by window of batches, table by table in each.
    private func inOrder(commits: Int) -> [Row] {
        let window = max(Self.stages * batches / max(commits, 1), 1)
        let tables = ["owner"] + MessageTable.allCases.map(\.rawValue)
        let places = Dictionary(zip(tables, 0...), uniquingKeysWith: { first, _ in first })
        return rows.enumerated().map { (window: $1.batch / window, table: places[$1.table] ?? 0, place: $0, row: $1) }
            .sorted { ($0.window, $0.table, $0.place) < ($1.window, $1.table, $1.place) }
            .map(\.row)
    }
}
