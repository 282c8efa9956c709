import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("Files that go away under a store at work")
struct FilesTakenAwayTests {
    @Test("nothing is taken once the data directory is removed, and all goes on when it is put back")
    func removed() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder + "/data", signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            try await scene.inserted(to: ["12025550101"])

            try FileManager.default.moveItem(atPath: folder + "/data", toPath: folder + "/away")
            let failure = await #expect(throws: StoreFailure.self) {
                try await scene.inserted(to: ["12025550102"])
            }
            await #expect(throws: StoreFailure.self) { try await store.check() }
            try FileManager.default.moveItem(atPath: folder + "/away", toPath: folder + "/data")
            try await scene.inserted(to: ["12025550103"])

            #expect(failure?.isUnavailable == true)
            #expect(failure?.text.contains("removed or replaced") == true)
            #expect(store.waitingCount == 2)
            await store.close()
        }
    }

    @Test(
        "nothing is taken once a file is cut short or removed under the gateway",
        arguments: [
            ("gateway.sqlite-wal", 0), ("gateway.sqlite-wal", 4_000), ("gateway.sqlite-wal", nil),
            ("gateway.sqlite", 0),
        ]
            as [(String, Int?)])
    func cutShort(_ row: (name: String, bytes: Int?)) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            for _ in 0..<3 { try await scene.inserted(to: ["12025550101"]) }

            let path = "\(folder)/\(row.name)"
            if let bytes = row.bytes { truncate(path, off_t(bytes)) } else { unlink(path) }

            let failure = await #expect(throws: StoreFailure.self) { try await store.check() }
            #expect(failure?.isUnavailable == true)
            let words = row.bytes == nil ? "removed or replaced" : "cut short"
            #expect(failure?.text.contains("\(path) was \(words)") == true, "\(failure?.text ?? "")")
            await #expect(throws: StoreFailure.self) { try await scene.inserted(to: ["12025550102"]) }
            await store.close()
        }
    }

    @Test("a log that another process has carried over and cut to nothing is no loss")
    func carriedOver() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            try await scene.inserted(to: ["12025550101"])
            do {
                let other = try SQLiteDriver(path: folder + "/gateway.sqlite", access: .readWrite)
                _ = try other.value(of: "PRAGMA wal_checkpoint(TRUNCATE)")
            }

            try await scene.inserted(to: ["12025550102"])
            try await store.check()

            #expect(store.waitingCount == 2)
            await store.close()
        }
    }
}
