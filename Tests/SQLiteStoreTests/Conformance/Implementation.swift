import Foundation
import GatewayCore
import SQLiteStore
import Testing

/// A store that has to keep the promises of this folder; the next one gets a line in `all`.
struct Implementation: Sendable, CustomTestStringConvertible {
    let testDescription: String
    private let run:
        @Sendable (_ targets: @escaping CallTargets, _ body: @Sendable (Scene) async throws -> Void) async throws ->
            Void

    static let all = [sqlite]

    static let sqlite = Implementation(testDescription: "SQLite") { targets, body in
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start, targets: targets)
            try await body(Scene(store: store, signals: signals))
            await store.close()
        }
    }

    /// Runs the test with an empty store, and closes it afterwards. Each event has the one target that its batch names.
    func callAsFunction(_ body: @Sendable (Scene) async throws -> Void) async throws {
        try await callAsFunction(naming: { [$0.batchTarget] }, body)
    }

    /// - Parameter targets: names the targets of each event.
    func callAsFunction(
        naming targets: @escaping CallTargets, _ body: @Sendable (Scene) async throws -> Void
    ) async throws {
        try await run(targets, body)
    }
}

/// A folder that no other test has; it is gone afterwards.
func withTemporaryFolder(_ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder.path)
}
