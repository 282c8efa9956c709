import Foundation
import GatewayCore
import PostgresServer
import StoreConformance
import Testing

@testable import Operating
@testable import PostgresStore
@testable import SQLStore
@testable import SQLiteStore

@Suite(
    "A copy of a store to another kind of database",
    .enabled(if: TestServer.programs != nil, "PostgreSQL's server is not installed"))
struct StoreCopyTests {
    @Test("and back has the same rows, whatever is in them, and leaves its source as it was")
    func whole() async throws {
        try await CopyScene.runFilled { scene in
            let rows = try scene.rows(in: scene.data)
            for (table, rows) in rows { #expect(!rows.isEmpty, "\(table)") }

            let there = try await scene.copy(to: .postgresql)
            let back = try await scene.copy(to: .sqlite, in: scene.fresh)

            #expect(try scene.rows(in: scene.fresh) == rows)
            #expect(try scene.rows(in: scene.data) == rows)
            #expect(there == back)
            for table in there { #expect(table.rows == rows[table.name]?.count, "\(table.name)") }
            #expect(!FileManager.default.fileExists(atPath: scene.fresh + "/gateway.sqlite.draft"))
        }
    }

    @Test("is what a gateway on PostgreSQL goes on with")
    func goingOnThere() async throws {
        try await CopyScene.runFilled { scene in
            _ = try await scene.copy(to: .postgresql)
            let before = try numbers(in: scene)

            try await scene.withPostgres { try await goOn($0) }

            let after = try numbers(in: scene)
            #expect(after.batch == before.batch + 1)
            #expect(after.event > before.event + 1000)
            #expect(await scene.refusal(to: .postgresql).contains("has rows"))
        }
    }

    @Test("leaves a server that knows how large its tables are")
    func analysed() async throws {
        try await CopyScene.runFilled { scene in
            _ = try await scene.copy(to: .postgresql)

            let driver = try PostgresDriver(scene.server, as: .reader)
            defer { driver.close() }
            let count = try driver.query(
                "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE oid = to_regclass('message')", doing: "testing")
            #expect(count.text(0, 0).flatMap { Int($0) } ?? 0 > 700)
        }
    }

    @Test("is what a gateway on SQLite goes on with, beside the media and keys that stayed")
    func goingOnBack() async throws {
        try await CopyScene.runFilled { scene in
            _ = try await scene.copy(to: .postgresql)
            try FileManager.default.createDirectory(
                atPath: scene.fresh + "/media/ab", withIntermediateDirectories: true)
            try Data("cat".utf8).write(to: URL(filePath: scene.fresh + "/media/ab/abcd"))
            try Data(repeating: 7, count: 32).write(to: URL(filePath: scene.fresh + "/media.key"))

            _ = try await scene.copy(to: .sqlite, in: scene.fresh)
            try await scene.withSQLite(scene.fresh) { try await goOn($0) }

            let (old, new) = (try scene.driver(scene.data), try scene.driver(scene.fresh))
            defer {
                old.close()
                new.close()
            }
            let batches = "SELECT max(rowid) FROM batch"
            #expect(try number(batches, new) == number(batches, old) + 1)
            #expect(try number("SELECT max(id) FROM event", new) > number("SELECT seq FROM sqlite_sequence", old))
            #expect(try new.value(of: "SELECT identity FROM pulse") != old.value(of: "SELECT identity FROM pulse"))
        }
    }

    @Test("knows every table that PostgreSQL's schema has, but for those of its processes and what these share")
    func everyTable() async throws {
        let driver = try PostgresDriver(await TestServer.shared.value.place().server, as: .writer)
        defer { driver.close() }
        _ = try driver.migrate()

        let result = try driver.query(
            "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()", doing: "testing")

        let names = Set((0..<result.rowCount).compactMap { result.text($0, 0) })
        #expect(
            names.symmetricDifference(try SQLiteStore.copiedTables()) == [
                "commit_mark", "duty", "gateway_key", "gateway_schema", "loose_object", "medium", "pulse",
                "queue_head", "queue_tally", "replica",
            ])
    }

    /// A batch, and an event about it.
    private func goOn(_ scene: Scene) async throws {
        let batch = try await scene.inserted(to: ["12025550199"], interest: [.final])
        _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
    }

    private func numbers(in scene: CopyScene) throws -> (batch: Int, event: Int) {
        let driver = try PostgresDriver(scene.server, as: .reader)
        defer { driver.close() }
        let result = try driver.query(
            "SELECT (SELECT max(rowid) FROM batch), (SELECT max(id) FROM event)", doing: "testing")
        return (
            try #require(result.text(0, 0).flatMap { Int($0) }), try #require(result.text(0, 1).flatMap { Int($0) })
        )
    }

    private func number(_ sql: String, _ driver: SQLiteDriver) throws -> Int {
        try #require(try driver.value(of: sql).flatMap { Int($0) })
    }
}
