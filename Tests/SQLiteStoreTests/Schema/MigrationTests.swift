import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("The schema is brought up to date")
struct MigrationTests {
    private let connection = try? SQLiteDriver(path: ":memory:", access: .readWrite)

    @Test("migrations are numbered from one without gaps")
    func numbers() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
    }

    @Test("each migration runs once")
    func once() throws {
        let connection = try #require(connection)
        let steps = [
            Migration(number: 1, script: "CREATE TABLE a (x INTEGER) STRICT;"),
            Migration(number: 2, script: "CREATE TABLE b (x INTEGER) STRICT;"),
        ]

        try connection.migrate(Array(steps.prefix(1)))
        try connection.migrate(steps)
        try connection.migrate(steps)

        #expect(try connection.value(of: "PRAGMA user_version") == "2")
        #expect(try connection.value(of: "SELECT count(*) FROM sqlite_schema") == "2")
    }

    @Test("what came for apps before they were notified is still to be read")
    func unread() throws {
        let connection = try #require(connection)
        try connection.migrate([.initial])
        try connection.execute(
            """
            INSERT INTO owner VALUES (1, 'app', 'project1/app1'), (2, 'service_plan', 'plan1');
            INSERT INTO inbound (id, owner, mmsc, delivery, fingerprint, sender, recipient, received_at, media,
                other_recipients)
            SELECT value ->> 0, value ->> 1, 'north', '', '', '', '', 1, '[]', '[]'
            FROM json_each('[["new", 1], ["notified", 1], ["plan", 2], ["unowned", null]]');
            INSERT INTO event (inbound, owner, created_at) VALUES ('notified', 1, 1);
            """, doing: "testing")

        try connection.migrate()

        #expect(try connection.value(of: "SELECT group_concat(id) FROM inbound WHERE is_unread") == "new")
        #expect(try connection.value(of: "SELECT count(*) FROM inbound WHERE echo = ''") == "4")
    }

    @Test("a migration that fails leaves the schema before it")
    func failing() throws {
        let connection = try #require(connection)
        try connection.migrate()

        let newest = Migration.all.count
        let step = Migration(
            number: newest + 1, script: "CREATE TABLE b (x INTEGER) STRICT; CREATE TABLE message (x INTEGER);")
        #expect(throws: SQLError.self) { try connection.migrate(Migration.all + [step]) }

        #expect(!connection.isInTransaction)
        #expect(try connection.value(of: "PRAGMA user_version") == "\(newest)")
        #expect(try connection.value(of: "SELECT count(*) FROM sqlite_schema WHERE name = 'b'") == "0")
    }

    @Test(
        "a schema of a build before the first release is refused, and what to do is said",
        arguments: [
            ("ALTER TABLE report RENAME COLUMN status_text TO words", "report"),
            ("DROP INDEX message_leased", "message_leased"),
        ])
    func unreleased(_ row: (change: String, part: String)) throws {
        let connection = try #require(connection)
        try connection.migrate()
        try connection.execute(row.change, doing: "testing")

        let error = #expect(throws: SQLError.self) { try connection.migrate() }

        let reason = "it was made by an unreleased build of mm7-gateway, or changed by hand (\(row.part) "
        #expect(error?.message.hasPrefix(reason) == true)
        #expect(error.map { StoreFailure($0).isBroken } == true)
    }

    @Test("what an operator adds to the schema is no reason to refuse it")
    func added() throws {
        let connection = try #require(connection)
        try connection.migrate()
        try connection.execute("CREATE INDEX mine ON report (received_at); ANALYZE;", doing: "testing")

        #expect(try connection.migrate() == false)
    }

    @Test("a schema of a later release is refused")
    func newer() throws {
        let connection = try #require(connection)
        try connection.migrate()
        try connection.execute("PRAGMA user_version = 99", doing: "testing")

        let error = #expect(throws: SQLError.self) { try connection.migrate() }

        #expect(error?.message.contains("schema 99") == true)
        #expect(error.map { StoreFailure($0).isBroken } == true)
    }

    @Test("the database of another program is refused")
    func foreign() throws {
        let connection = try #require(connection)
        try connection.execute("CREATE TABLE cake (x INTEGER); PRAGMA application_id = 252006673;", doing: "testing")

        let error = #expect(throws: SQLError.self) { try connection.migrate() }

        #expect(error?.message.contains("another program") == true)
        #expect(try connection.value(of: "SELECT count(*) FROM sqlite_schema") == "1", "it is left alone")
    }

    @Test(
        "the tables take no message whose columns contradict its state",
        arguments: [
            "state = 'submitted'",
            "state = 'failed'",
            "failure = 'unreachable'",
            "state = 'submitting'",
            "state = 'submitting', lease_until = 1",
            "state = 'in_doubt', attempts = 1, position = 1",
            "state = 'delivered', position = 1",
            "state = 'delivered', paused_until = 1",
            "position = 1, paused_until = 1",
            "lease_until = 1",
            "message_id = 'M1'",
            "carriers = NULL",
            "carriers = '=north'",
            "magnitude = 4",
            "spared = 1",
            "shared_request = 'T'",
            "state = 'lost'",
            "position = 'soon'",
            "attempts = -1",
        ])
    func contradictions(_ change: String) throws {
        let connection = try #require(connection)
        try connection.migrate()
        try connection.execute(
            """
            INSERT INTO owner VALUES (1, 'app', 'o');
            INSERT INTO batch (
                id, owner, recipients, originator, is_subject_template, media, is_strict, parameters_bytes, parameters,
                interest, echo, created_at, modified_at, expire_at, is_canceled, revision)
            VALUES ('B', 1, '', 'o', 0, '[]', 0, 2, '{}', 0, '', 1, 1, 1, 0, 0);
            INSERT INTO message (
                id, batch, owner, recipient, carriers, magnitude, state, changed_at, attempts, may_have_arrived,
                expire_at)
            VALUES ('M', 'B', 1, 'r', 'north south', 0, 'queued', 1, 0, 0, 1);
            """, doing: "testing")

        let error = #expect(throws: SQLError.self) {
            try connection.execute("UPDATE message SET \(change)", doing: "testing")
        }

        #expect(error?.message.contains("constraint failed") == true || error?.message.contains("cannot store") == true)
    }
}
