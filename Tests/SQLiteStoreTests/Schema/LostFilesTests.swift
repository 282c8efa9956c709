import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
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
            #expect(store.findings.isNew)
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
                #expect(!opened.findings.isNew)
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

    @Test(
        "no database beside what only a gateway leaves is refused",
        arguments: ["media.key", "apps.key", "media/ab/cdef"])
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

    @Test("a key that somebody mounted into an empty data directory is nothing that was left")
    func mountedKey() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(
                atPath: folder + "/media.key", withDestinationPath: "/dev/null")

            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)

            #expect(store.findings.isNew)
            await store.close()
        }
    }
}
