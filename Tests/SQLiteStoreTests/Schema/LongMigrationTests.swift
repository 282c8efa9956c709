import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A step of the schema that takes long")
struct LongMigrationTests {
    /// Counts to a million, which SQLite does in some tenths of a second.
    private static let long = Migration(
        number: 2,
        script: """
            CREATE TABLE long AS
            WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 300000)
            SELECT n FROM number;
            """)

    @Test("says at its beginning what it is, and again and again how long it has taken")
    func progress() throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try connection.migrate([.initial])
        var said: [MigrationProgress] = []

        try connection.migrate([.initial, Self.long], each: .zero) { said.append($0) }

        #expect(said.first == MigrationProgress(step: 2, last: 2, passed: .zero))
        #expect(said.count > 3)
        #expect(said.map(\.passed) == said.map(\.passed).sorted())
    }

    @Test("says nothing more than its beginning where it is over soon, and nothing in a new database")
    func short() throws {
        let connection = try SQLiteDriver(path: ":memory:", access: .readWrite)
        var said: [Int] = []

        try connection.migrate([.initial]) { said.append($0.step) }
        #expect(said == [])
        try connection.migrate([.initial, .apps]) { said.append($0.step) }
        #expect(said == [2])
    }

    @Test("is as if it had not begun, where kill -9 breaks it off")
    func brokenOff() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder + "/killed", withIntermediateDirectories: true)
            let connection = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            // So small that what the step writes goes to the log before its end.
            try connection.execute("PRAGMA cache_size = 10", doing: "testing")
            try connection.migrate([.initial])
            var isCopied = false

            try connection.migrate([.initial, Self.long], each: .zero) { progress in
                guard progress.passed > .milliseconds(20), !isCopied else { return }
                isCopied = true
                for name in ["gateway.sqlite", "gateway.sqlite-wal"] {
                    try? FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(folder)/killed/\(name)")
                }
            }
            connection.close()

            #expect(isCopied)
            let left = try SQLiteDriver.writer(path: folder + "/killed/gateway.sqlite")
            #expect(try left.value(of: "PRAGMA user_version") == "1")
            #expect(try left.value(of: "SELECT count(*) FROM sqlite_schema WHERE name = 'long'") == "0")
            try left.migrate([.initial, Self.long])
            #expect(try left.value(of: "SELECT count(*) FROM long") == "300000")
            left.close()
        }
    }

    @Test("is foreseen by the head of the file")
    func foreseen() async throws {
        for release in ReleasedDatabase.all {
            try await release.copied { folder in
                #expect(DataDirectory(path: folder).schemaInHead == release.migration.number)
                #expect(SQLiteStore.hasOlderSchema(in: folder) == (release.migration.number < Migration.all.count))
                let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
                await store.close()
                #expect(!SQLiteStore.hasOlderSchema(in: folder))
            }
        }
        #expect(!SQLiteStore.hasOlderSchema(in: "/nowhere"))
    }
}
