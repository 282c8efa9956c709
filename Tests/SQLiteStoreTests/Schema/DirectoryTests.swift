import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("A data directory belongs to one gateway")
struct DirectoryTests {
    @Test("a second gateway is refused, and told which directory it is about")
    func secondGateway() async throws {
        try await withTemporaryFolder { folder in
            let first = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            }

            #expect(failure == .unavailable("the data directory \(folder) is in use by another gateway"))
            await first.close()
            let second = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await second.close()
        }
    }

    @Test("a closed directory is free although a program that is being started still has its descriptors")
    func inheritedDescriptor() async throws {
        try await withTemporaryFolder { folder in
            let first = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            let files = FileManager.default
            let descriptors = try files.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { Int32($0) }
            let lock = try #require(
                descriptors.first {
                    (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == "\(folder)/gateway.lock"
                })
            let inherited = dup(lock)
            defer { close(inherited) }

            await first.close()

            let second = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            await second.close()
        }
    }

    @Test("the directory is made for its owner alone, and so are the files")
    func modes() async throws {
        try await withTemporaryFolder { folder in
            let directory = folder + "/below"
            let store = try await SQLiteStore.open(directory: directory, signals: WorkSignals(), now: .start)

            func mode(_ path: String) throws -> Int? {
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try mode(directory) == 0o700)
            for file in ["gateway.sqlite", "gateway.sqlite-wal", "gateway.lock"] {
                #expect(try mode("\(directory)/\(file)") == 0o600)
            }
            await store.close()
        }
    }

    @Test("a path that is no directory is refused")
    func noDirectory() async throws {
        try await withTemporaryFolder { folder in
            try Data().write(to: URL(fileURLWithPath: folder))

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            }

            #expect(failure?.isUnavailable == true)
            #expect(failure?.text.contains(folder) == true)
        }
    }

    @Test("a file that is no database is refused and left alone")
    func noDatabase() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let content = Data(repeating: 0x41, count: 10_000)
            try content.write(to: URL(fileURLWithPath: "\(folder)/gateway.sqlite"))

            let failure = await #expect(throws: StoreFailure.self) {
                _ = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            }

            #expect(failure?.isBroken == true)
            #expect(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/gateway.sqlite")) == content)
        }
    }
}
