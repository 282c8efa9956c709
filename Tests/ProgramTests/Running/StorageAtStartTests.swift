import Foundation
import GatewayCore
import SQLStore
import TestPeers
import Testing

@testable import SQLiteStore

@Suite("What a start finds in the data directory", .timeLimit(.minutes(5)))
struct StorageAtStartTests: ProgramTesting {
    @Test(
        "a data directory that may not be written ends the start with 1, and says what to do", arguments: [true, false])
    func readOnlyAtStart(exists: Bool) async throws {
        try await withFolder { folder in
            let path = try configure(folder)
            if exists { try makeFolder(folder + "/data", mode: 0o555) } else { try setMode(0o555, of: folder) }
            defer { chmod(folder, 0o755) }

            let program = try Program("serve", "--config", path, heedsPermissions: true)

            let output = await program.output()
            #expect(try await program.exitCode() == 1)
            #expect(output.contains("the data directory \(folder)/data cannot be \(exists ? "written" : "made")"))
            #expect(output.contains("Permission denied; give it to the user that the gateway runs as"), "\(output)")
        }
    }

    @Test(
        "a start says that the clock does not go with the store, and that the key of links is a new one",
        arguments: [("+", "is before the newest entry"), ("-", "is more than a day after the newest entry")])
    func doubtfulStart(_ row: (sign: String, words: String)) async throws {
        try await withFolder { folder in
            let path = try configure(folder)
            let first = try Program("serve", "--config", path)
            _ = try await ports(of: first)
            try await stop(first)
            do {
                let database = try SQLiteDriver.writer(path: folder + "/data/gateway.sqlite")
                try database.execute(
                    """
                    UPDATE pulse
                    SET kept_at = CAST(strftime('%s', 'now', '\(row.sign)2 days') AS INTEGER) * 1000
                    """, doing: "testing")
            }
            for name in ["clock", "media.key"] { try FileManager.default.removeItem(atPath: "\(folder)/data/\(name)") }

            let second = try Program("serve", "--config", path)

            _ = try await second.line(with: row.words)
            _ = try await second.line(with: "had no media.key and has a new one")
            _ = try await ports(of: second)
            try await stop(second)

            // Nothing of the doubtful time was kept.
            let third = try Program("serve", "--config", path)
            _ = try await third.line(with: row.words)
            _ = try await ports(of: third)
            try await stop(third)
        }
    }

    @Test("a first start that was cut off before it had a key of links has lost none")
    func cutOffStart() async throws {
        try await withFolder { folder in
            let store = try await SQLiteStore.open(directory: folder + "/data", signals: WorkSignals())
            await store.close()

            let program = try Program("serve", "--config", try configure(folder))
            _ = try await ports(of: program)
            try await stop(program)

            #expect(!program.printed.contains { $0.contains("media.key") })
        }
    }

    private func makeFolder(_ path: String, mode: mode_t) throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        try setMode(mode, of: path)
    }
}
