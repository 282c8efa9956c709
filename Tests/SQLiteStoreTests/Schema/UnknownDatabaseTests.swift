import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A database that this release does not know is refused and stays as it was")
struct UnknownDatabaseTests {
    private enum Caller: CaseIterable {
        case gateway, compaction, quarantine

        func open(_ folder: String) async throws {
            switch self {
            case .gateway:
                let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
                await store.close()
            case .compaction: _ = try await SQLiteStore.compact(directory: folder)
            case .quarantine: await (try await SQLiteStore.openQuarantine(directory: folder)).close()
            }
        }
    }

    /// The contents of the database and its log; empty for one that is not there.
    private func files(_ folder: String) -> [Data] {
        ["gateway.sqlite", "gateway.sqlite-wal"].map {
            FileManager.default.contents(atPath: "\(folder)/\($0)") ?? Data()
        }
    }

    @Test("one of a later release, whose log was not carried over", arguments: Caller.allCases)
    private func later(_ caller: Caller) async throws {
        try await withTemporaryFolder { folder in
            let copy = folder + "/copy"
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await store.close()
            let connection = try SQLiteDriver.writer(path: folder + "/gateway.sqlite")
            try connection.execute("PRAGMA user_version = 99", doing: "testing")
            for file in ["gateway.sqlite", "gateway.sqlite-wal"] {
                try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(copy)/\(file)")
            }
            connection.close()
            let before = files(copy)
            #expect(before.allSatisfy { !$0.isEmpty })

            await #expect(throws: StoreFailure.self) { try await caller.open(copy) }

            #expect(files(copy) == before)
        }
    }

    @Test("one of another program", arguments: Caller.allCases)
    private func foreign(_ caller: Caller) async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let connection = try SQLiteDriver(path: folder + "/gateway.sqlite", access: .readWrite)
            try connection.execute("CREATE TABLE mine (a); PRAGMA application_id = 77", doing: "testing")
            connection.close()
            let before = files(folder)

            await #expect(throws: StoreFailure.self) { try await caller.open(folder) }

            #expect(files(folder) == before)
        }
    }
}
