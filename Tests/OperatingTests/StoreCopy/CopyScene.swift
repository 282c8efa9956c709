import Foundation
import GatewayCore
import PostgresServer
import PostgresStore
import StoreConformance
import Testing

@testable import Operating
@testable import SQLStore
@testable import SQLiteStore

/// A data directory with something in every table, and a place for its data on a PostgreSQL server.
struct CopyScene {
    let root: String
    let place: TestServer.Place

    /// The directory of the gateway that moves.
    var data: String { root + "/data" }
    /// One with nothing in it.
    var fresh: String { root + "/fresh" }
    var server: PostgresServer { place.server }

    /// - Parameter schema: of which release the database is.
    static func run(schema: String = "V003", _ body: (CopyScene) async throws -> Void) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "copy-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: root) }
        let scene = CopyScene(root: root, place: try await TestServer.shared.value.place())
        try FileManager.default.createDirectory(atPath: scene.data, withIntermediateDirectories: true)
        // What the tests of the store keep of a release.
        let kept = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../SQLiteStoreTests/Fixtures/\(schema)/gateway.sqlite")
        try FileManager.default.copyItem(at: kept, to: URL(filePath: scene.data + "/gateway.sqlite"))
        try await body(scene)
    }

    /// The same with many more rows, and values that the databases keep in different ways.
    static func runFilled(_ body: (CopyScene) async throws -> Void) async throws {
        try await run { scene in
            try await scene.withSQLite(scene.data) { store in
                try await store.inserted(to: (0..<700).map { "1202555\(1000 + $0)" })
                let group = Group(id: store.id(), owner: Scene.owner, name: "many", createdAt: .start)
                let members = try (0..<600).map { try #require(MSISDN("1202556\(1000 + $0)")) }
                _ = try await store.store.insert(group, members: members, keeping: nil)
            }
            let driver = try scene.driver(scene.data)
            try driver.execute(
                """
                UPDATE batch SET subject = 'a' || char(0, 63742, 128008) || 'b', text = ''
                WHERE rowid = (SELECT max(rowid) FROM batch);
                UPDATE group_member SET number = char(0) || '1' WHERE number = '12025561007';
                UPDATE app_batch_request SET request = x'00ff00' WHERE rowid = (SELECT max(rowid) FROM app_batch_request);
                UPDATE app_batch_request SET request = x'' WHERE rowid = (SELECT min(rowid) FROM app_batch_request);
                UPDATE sqlite_sequence SET seq = seq + 1000 WHERE name = 'event';
                INSERT INTO contact_move VALUES ('one', 'another');
                INSERT INTO batch_count VALUES (1, 1, 'none any more', 0);
                UPDATE pulse SET kept_at = 1800000000123;
                """, doing: "testing")
            driver.close()
            try await body(scene)
        }
    }

    func copy(to target: StoreCopy.Target, in directory: String? = nil) async throws -> [StoreCopy.Table] {
        var tables: [StoreCopy.Table] = []
        try await StoreCopy(directory: directory ?? data, server: server, to: target).run { tables.append($0) }
        return tables
    }

    /// The failure that a copy ends with; empty for none.
    func refusal(to target: StoreCopy.Target, in directory: String? = nil) async -> String {
        do {
            _ = try await copy(to: target, in: directory)
            return ""
        } catch {
            return "\(error)"
        }
    }

    /// What a gateway that starts there does.
    func withSQLite(_ directory: String, _ body: (Scene) async throws -> Void) async throws {
        let signals = WorkSignals()
        let store = try await SQLiteStore.open(directory: directory, signals: signals, now: .start)
        try await body(Scene(store: store, signals: signals))
        await store.close()
    }

    func withPostgres(_ body: (Scene) async throws -> Void) async throws {
        let signals = WorkSignals()
        let store = try await PostgresStore.open(server, signals: signals, now: .start, readerCount: 1)
        try await body(Scene(store: store, signals: signals))
        await store.close()
    }

    func driver(_ directory: String) throws(SQLError) -> SQLiteDriver {
        try SQLiteDriver.writer(path: directory + "/gateway.sqlite")
    }

    /// Every row of a database by table, as texts, and what it says of itself.
    func rows(in directory: String) throws -> [String: [String]] {
        let driver = try driver(directory)
        defer { driver.close() }
        var rows: [String: [String]] = [:]
        for table in try driver.tables(named: SQLiteStore.copiedTables()) {
            // Only these are listed by their numbers.
            let isListed = ["batch", "inbound", "contact_group"].contains(table.name)
            let columns = table.columns.filter { !$0.isHidden || isListed }
                .map { "'\($0.name) ' || typeof(\"\($0.name)\") || hex(\"\($0.name)\")" }
            let row = columns.joined(separator: " || ' ' || ")
            rows[table.name] = try texts("SELECT \(row) FROM \(table.name)", driver).sorted()
        }
        rows["times"] = try texts("SELECT coalesce(kept_at, '') || ' ' || coalesce(copied_at, '') FROM pulse", driver)
        rows["numbers"] = try texts("SELECT name || seq FROM sqlite_sequence WHERE name = 'event'", driver)
        return rows
    }

    private func texts(_ sql: String, _ driver: SQLiteDriver) throws -> [String] {
        let statement = try driver.prepare(sql, named: "testing")
        var texts: [String] = []
        while try statement.step() { texts.append(try #require(statement.text(at: 0))) }
        return texts
    }
}
