import Testing

@testable import SQLiteStore

@Suite("Every query uses an index")
struct QueryPlanTests {
    private static var queries: [(name: String, sql: String)] {
        func all<Queries: Query>(_ type: Queries.Type) -> [(name: String, sql: String)] {
            type.allCases.map { ("\(type).\($0)", $0.rawValue) }
        }
        return all(BatchQuery.self) + all(MessageQuery.self) + all(HistoryQuery.self) + all(EventQuery.self)
            + [("TransactionQuery.beat", TransactionQuery.beat.rawValue)]
    }

    @Test("no statement reads a table from end to end", arguments: queries)
    func plans(_ query: (name: String, sql: String)) throws {
        let connection = try Connection(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let statement = try Plan(query.sql, on: connection)

        #expect(statement.steps.filter { $0.hasPrefix("SCAN") && $0 != "SCAN CONSTANT ROW" } == [])
    }

    @Test(
        "what is asked most often uses the index made for it",
        arguments: [
            (MessageQuery.claimDue, "message_due"), (.nextDue, "message_due"), (.leasesOver, "message_leased"),
            (.expire, "message_unsettled"), (.isUnanswered, "message_unanswered"),
            (.byMessageID, "message_at_mmsc"), (.unreported, "message_unreported"), (.counts, "message_in_batch"),
        ])
    func indexes(_ query: MessageQuery, index: String) throws {
        let connection = try Connection(path: ":memory:", access: .readWrite)
        try connection.migrate()

        let plan = try Plan(query.rawValue, on: connection)

        #expect(plan.steps.contains { $0.contains(index) }, "\(plan.steps)")
    }
}

/// What SQLite says it will do for a statement.
private struct Plan {
    private(set) var steps: [String] = []

    init(_ sql: String, on connection: Connection) throws {
        let statement = try Statement("EXPLAIN QUERY PLAN " + sql, named: "plan", on: connection.opened())
        while try statement.step() {
            if let step = statement.text(at: 3) { steps.append(step) }
        }
    }
}
