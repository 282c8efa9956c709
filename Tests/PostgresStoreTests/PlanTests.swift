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
            } catch {
                Issue.record("\(error)")
            }
        }
    }
}
