import PostgresServer
import SQLStore
import Testing

@testable import PostgresStore

@Suite(
    "PostgreSQL understands every statement",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct PlanTests {
    /// Those of the processes that share a database, in every transaction.
    private static let ownStatements = Statements.of(TallyQuery.self) + Statements.of(DutyQuery.self)

    /// Those that find their rows by a key, many times a second.
    private static let keyed: Set = [
        "CallQuery.insertBehind", "CallQuery.claim", "CallQuery.release", "CallQuery.recordHeard",
        "CallQuery.recordAgain", "CallQuery.recordGivenUp", "CancellationQuery.begin", "UnreadQuery.read",
    ]
    /// Indexes of what waits, which are short at times, and long at others. As the tables of this test are empty, the
    /// server thinks of them as it does of any that was short when it last looked.
    private nonisolated(unsafe) static let waiting =
        /using (call_(due|held|given_up)|message_(unreported|unsettled|ready|leased)|inbound_unread) on/

    @Test("and goes by an index in each, whatever the values are")
    func plans() async throws {
        let place = try await TestServer.shared.value.place()
        let driver = try PostgresDriver(place.server, as: .writer)
        defer { driver.close() }
        _ = try driver.migrate()

        for (number, statement) in (Statements.all + Self.ownStatements).enumerated() {
            let text = PostgresText(statement.sql(.postgres))
            let values = text.parameters.map { _ in "NULL" }.joined(separator: ", ")
            do throws(SQLError) {
                try driver.query("PREPARE s\(number) AS \(text.sql)", doing: statement.name)
                let plan = try driver.query(
                    "EXPLAIN EXECUTE s\(number)\(values.isEmpty ? "" : "(\(values))")", doing: statement.name)
                let steps = (0..<plan.rowCount).compactMap { plan.text($0, 0) }
                // The one table that has no index: what is still to be moved, one contact after the other.
                #expect(
                    !steps.contains { $0.contains("Seq Scan on") && !$0.contains("contact_move") },
                    "\(statement.name): \(steps)")
                guard Self.keyed.contains(statement.name) else { continue }
                #expect(!steps.contains { $0.contains(Self.waiting) }, "\(statement.name): \(steps)")
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}
