import Testing

@testable import PostgresStore

@Suite("A statement in PostgreSQL's words")
struct PostgresTextTests {
    @Test("has numbers for its parameters, one for each name, and none in a quoted text or a cast")
    func parameters() {
        let text = PostgresText("SELECT ':no' FROM message WHERE a = :a AND b > :b2 AND c = :a AND d::text = ''':x'''")

        #expect(text.sql == "SELECT ':no' FROM message WHERE a = $1 AND b > $2 AND c = $1 AND d::text = ''':x'''")
        #expect(text.parameters == [":a", ":b2"])
    }

    @Test(
        "has none of SQLite's hints",
        arguments: [
            ("FROM batch INDEXED BY batch_from\nWHERE x", "FROM batch\nWHERE x"),
            ("JOIN (SELECT 1 FROM m INDEXED BY m_x) AS y", "JOIN (SELECT 1 FROM m) AS y"),
            ("FROM a\nCROSS JOIN b ON b.id = a.id", "FROM a\n JOIN b ON b.id = a.id"),
            ("VALUES (last_insert_rowid(), :a)", "VALUES (lastval(), $1)"),
        ])
    func hints(_ shared: String, expected: String) {
        #expect(PostgresText(shared).sql == expected)
    }
}
