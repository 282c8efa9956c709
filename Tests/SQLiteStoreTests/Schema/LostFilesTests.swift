import CSQLite
import Foundation
import GatewayCore
import Testing

@testable import SQLiteStore

@Suite("A store that is not as it was left is not opened as if it were")
struct LostFilesTests {
    /// A data directory with 20 batches in the log, as the end of the power leaves it, and what `spoil` made of it.
    ///
    /// - Returns: why it is not opened.
    private func refusal(_ spoil: (String) throws -> Void) async throws -> StoreFailure? {
        var failure: StoreFailure?
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            #expect(store.isNew)
            for _ in 0..<20 { try await Scene(store: store, signals: signals).inserted(to: ["12025550101"]) }
            let copy = folder + "/copy"
            try FileManager.default.createDirectory(atPath: copy, withIntermediateDirectories: true)
            for file in ["gateway.sqlite", "gateway.sqlite-wal"] {
                try FileManager.default.copyItem(atPath: "\(folder)/\(file)", toPath: "\(copy)/\(file)")
            }
            await store.close()
            try spoil(copy)
            do {
                let opened = try await SQLiteStore.open(directory: copy, signals: signals, now: .start)
                #expect(!opened.isNew)
                await opened.close()
            } catch let error as StoreFailure {
                failure = error
            }
        }
        return failure
    }

    private func write(_ octets: [UInt8], at place: UInt64, of path: String) throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try file.seek(toOffset: place)
        try file.write(contentsOf: octets)
        try file.close()
    }

    @Test("as it was left it is opened")
    func whole() async throws {
        #expect(try await refusal { _ in } == nil)
    }

    @Test("a log whose last entry a crash cut off is opened")
    func tornLog() async throws {
        let failure = try await refusal { folder in
            let log = URL(fileURLWithPath: folder + "/gateway.sqlite-wal")
            let octets = try Data(contentsOf: log)
            try octets.prefix(octets.count - 1000).write(to: log)
        }

        #expect(failure == nil)
    }

    @Test("an empty database beside its log is refused")
    func emptyDatabase() async throws {
        let failure = try await refusal { try Data().write(to: URL(fileURLWithPath: $0 + "/gateway.sqlite")) }

        #expect(failure?.isBroken == true)
        #expect(failure?.text.contains("gateway.sqlite is empty") == true)
        #expect(failure?.text.contains("backup") == true)
    }

    @Test("no database beside what only a gateway leaves is refused", arguments: ["media.key", "media/ab/cdef"])
    func remains(_ file: String) async throws {
        let failure = try await refusal { folder in
            for name in ["gateway.sqlite", "gateway.sqlite-wal"] {
                try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            }
            try FileManager.default.createDirectory(atPath: folder + "/media/ab", withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(folder)/\(file)"))
        }

        #expect(failure?.isBroken == true)
        #expect(failure?.text.contains("gateway.sqlite is gone") == true)
    }

    @Test("a log that is none is refused, and so is one with something else in it", arguments: [0, 32, 32 + 3 * 4120])
    func garbage(_ place: Int) async throws {
        let failure = try await refusal { folder in
            var random = SystemRandomNumberGenerator()
            let octets = (0..<4 * 4120).map { _ in UInt8.random(in: 1 ... .max, using: &random) }
            try write(octets, at: UInt64(place), of: folder + "/gateway.sqlite-wal")
        }

        #expect(failure?.isBroken == true)
        #expect(failure?.text.contains("gateway.sqlite-wal") == true, "\(failure?.text ?? "opened")")
        #expect(failure?.text.contains("damaged") == true)
    }

    @Test("a log in which one entry went bad is refused when others were committed behind it")
    func badEntry() async throws {
        let failure = try await refusal {
            try write([1, 2, 3, 4], at: 32 + 5 * 4120 + 500, of: $0 + "/gateway.sqlite-wal")
        }

        #expect(failure?.text.contains("committed entries") == true, "\(failure?.text ?? "opened")")
    }

    @Test("a folder in the place of a file is named", arguments: ["gateway.sqlite-shm", "gateway.sqlite-wal"])
    func folder(_ name: String) async throws {
        let failure = try await refusal { folder in
            let path = "\(folder)/\(name)"
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        }

        #expect(failure?.text.contains("\(name) is a folder") == true)
    }

    @Test("a database that was cut short is refused")
    func short() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await store.close()
            let file = URL(fileURLWithPath: folder + "/gateway.sqlite")
            let octets = try Data(contentsOf: file)
            try octets.prefix(octets.count - 3 * 4096).write(to: file)

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            }

            #expect(failure?.isBroken == true, "\(failure?.text ?? "")")
        }
    }

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
                let other = try Connection(path: folder + "/gateway.sqlite", access: .readWrite)
                _ = try other.value(of: "PRAGMA wal_checkpoint(TRUNCATE)")
            }

            try await scene.inserted(to: ["12025550102"])
            try await store.check()

            #expect(store.waitingCount == 2)
            await store.close()
        }
    }

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
            let other = try Connection(path: folder + "/a/gateway.sqlite", access: .readWrite)
            let identity = try other.value(of: "SELECT identity FROM pulse") ?? ""
            try other.execute("UPDATE pulse SET identity = 'half'", doing: "testing")
            _ = try other.value(of: "PRAGMA wal_checkpoint(TRUNCATE)")
            try other.execute("UPDATE pulse SET identity = '\(identity)'", doing: "testing")
            try copy("a", to: "crashed", in: folder)

            let opened = try await SQLiteStore.open(directory: folder + "/crashed", signals: WorkSignals(), now: .start)

            await opened.close()
        }
    }

    @Test("a key that somebody mounted into an empty data directory is nothing that was left")
    func mountedKey() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/media.key", withDestinationPath: "/dev/null")

            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)

            #expect(store.isNew)
            await store.close()
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
