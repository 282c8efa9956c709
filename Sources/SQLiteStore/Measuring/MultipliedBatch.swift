package import GatewayCore
import SQLStore

/// A batch and its messages many times over, as if each had been taken earlier than the one before: a store that is as
/// full as it is after months, within minutes.
///
/// Everything is copied as it is but for identifiers, which get another time, and times, which are as much earlier.
package struct MultipliedBatch {
    private let batch: Batch.ID
    private let directory: DataDirectory

    /// - Parameter directory: a data directory that no gateway uses, with this batch and no other.
    package init(_ batch: Batch.ID, in directory: String) {
        self.batch = batch
        self.directory = DataDirectory(path: directory)
    }

    /// The time between two copies.
    private static let distanceMilliseconds = 60_000
    private static let copiesPerCommit = 20

    /// - Parameter copies: how many, beside the batch itself.
    package func make(_ copies: Int) throws(StoreFailure) {
        do throws(SQLError) {
            let connection = try SQLiteDriver.writer(path: directory.database)
            defer { connection.close() }
            // If the machine fails meanwhile, everything is made anew.
            try connection.execute(
                "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -262144", doing: "filling")
            let statements = try MessageTable.allCases.map { (table) throws(SQLError) in
                try SQLiteStatement(try copy(of: table, on: connection), named: "filling", on: connection.opened())
            }
            let events = try connection.value(of: "SELECT coalesce(max(id), 0) FROM event").flatMap { Int($0) } ?? 0
            for first in stride(from: 0, to: copies, by: Self.copiesPerCommit) {
                try connection.begin()
                // From the oldest on, so that the rows come in the order of their keys.
                for number in first..<min(first + Self.copiesPerCommit, copies) {
                    let bindings = bindings(
                        earlier: Self.distanceMilliseconds * (copies - number), events: events * (number + 1))
                    for statement in statements {
                        try statement.bind(bindings)
                        while try statement.step() {}
                        statement.reset()
                    }
                }
                try connection.commit()
            }
        } catch {
            throw StoreFailure(error)
        }
    }

    private func bindings(earlier: Int, events: Int) -> Bindings {
        let time = ULID(high: (batch.milliseconds - UInt64(earlier)) << 16, low: 0).description.prefix(Self.timeDigits)
        return [
            ":time": .text(String(time)), ":earlier": .integer(Int64(earlier)), ":events": .integer(Int64(events)),
        ]
    }

    /// The digits of an identifier that are its time.
    private static let timeDigits = 10

    private func copy(of table: MessageTable, on connection: SQLiteDriver) throws(SQLError) -> String {
        let statement = try SQLiteStatement(
            "SELECT name FROM pragma_table_info('\(table.rawValue)')", named: "columns", on: connection.opened())
        var columns: [String] = []
        while try statement.step() { columns.append(statement.text(at: 0) ?? "") }
        // The last conditions are true: with them all statements have the same parameters.
        return """
            INSERT INTO \(table.rawValue) (\(columns.joined(separator: ", ")))
            SELECT \(columns.map { value(of: $0, in: table) }.joined(separator: ", "))
            FROM \(table.rawValue)
            WHERE \(table.condition(batch: "'\(batch)'")) AND :time IS NOT NULL AND :earlier IS NOT NULL
                AND :events IS NOT NULL
            """
    }

    private func value(of column: String, in table: MessageTable) -> String {
        switch (table, column) {
        case (.event, "id"), (.call, "event"): "\(column) + :events"
        case (_, "id"), (_, "batch"), (_, "message"): ":time || substr(\(column), \(Self.timeDigits + 1))"
        case (_, "message_id"): ":time || message_id"
        case (_, "network_time"): "network_time - :earlier"
        case (_, let name) where name.hasSuffix("_at"): "\(name) - :earlier"
        case (_, let name): name
        }
    }
}
