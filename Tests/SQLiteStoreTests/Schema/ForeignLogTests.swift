import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A log that does not belong to the database beside it")
struct ForeignLogTests {
    @Test("the log of another database is refused and both are left as they were")
    func othersLog() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            for name in ["a", "b"] {
                let store = try await SQLiteStore.open(directory: "\(folder)/\(name)", signals: signals, now: .start)
                try await Scene(store: store, signals: signals).inserted(to: ["12025550101"])
                // Of the one a crash leaves the log, of the other nothing is in it any more.
                if name == "a" { try copy("a", to: "crashed", in: folder) }
                await store.close()
            }
            let (log, database) = ("\(folder)/b/gateway.sqlite-wal", "\(folder)/b/gateway.sqlite")
            try? FileManager.default.removeItem(atPath: log)
            try FileManager.default.copyItem(atPath: "\(folder)/crashed/gateway.sqlite-wal", toPath: log)
            let before = [try octets(log), try octets(database)]

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: "\(folder)/b", signals: signals, now: .start)
            }

            #expect(failure?.text.contains("gateway.sqlite-wal is the log of another database") == true)
            #expect([try octets(log), try octets(database)] == before)
            try FileManager.default.removeItem(atPath: log)
            let opened = try await SQLiteStore.open(directory: "\(folder)/b", signals: signals, now: .start)
            #expect(opened.waitingCount == 1)
            await opened.close()
        }
    }

    @Test("a database whose identity cannot be read without its log is opened with it")
    func identityInLog() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder + "/a", signals: WorkSignals(), now: .start)
            await store.close()
            let other = try SQLiteDriver(path: folder + "/a/gateway.sqlite", access: .readWrite)
            let identity = try other.value(of: "SELECT identity FROM pulse") ?? ""
            try other.execute("UPDATE pulse SET identity = 'half'", doing: "testing")
            _ = try other.value(of: "PRAGMA wal_checkpoint(TRUNCATE)")
            try other.execute("UPDATE pulse SET identity = '\(identity)'", doing: "testing")
            try copy("a", to: "crashed", in: folder)

            let opened = try await SQLiteStore.open(directory: folder + "/crashed", signals: WorkSignals(), now: .start)

            await opened.close()
        }
    }

    @Test("a log of the database's own past is refused")
    func oldLog() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder + "/a", signals: signals, now: .start)
            try await store.check()
            try copy("a", to: "crashed", in: folder)
            try await store.check()
            await store.close()
            try? FileManager.default.removeItem(atPath: folder + "/a/gateway.sqlite-wal")
            try FileManager.default.copyItem(
                atPath: folder + "/crashed/gateway.sqlite-wal", toPath: folder + "/a/gateway.sqlite-wal")

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: folder + "/a", signals: signals, now: .start)
            }

            #expect(failure?.text.contains("is older than the database beside it") == true)
        }
    }

    private func octets(_ path: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path)) }

    private func copy(_ name: String, to other: String, in folder: String) throws {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(other)", withIntermediateDirectories: true)
        for file in ["gateway.sqlite", "gateway.sqlite-wal"] {
            try FileManager.default.copyItem(atPath: "\(folder)/\(name)/\(file)", toPath: "\(folder)/\(other)/\(file)")
        }
    }
}
