import Doubles
import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A database that was restored from a backup")
struct RestorationTests {
    private func withStore(_ body: (SQLiteStore, Scene) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            try await body(store, Scene(store: store, signals: signals))
            await store.close()
        }
    }

    @Test("of many each is put in doubt once, and none is looked at twice")
    func inSlices() async throws {
        try await withStore { store, scene in
            try await scene.due(to: (0..<5).map { "1202555010\($0)" })
            try await scene.inserted(to: ["12025550199"], sendAt: .start + .seconds(600))
            try await scene.due(to: ["12025550188"])

            var (counts, cursor): ([Int], WaitingCursor?) = ([], nil)
            repeat {
                let (count, rest) = try await store.writer.write { [cursor] (transaction) throws(SQLError) in
                    try transaction.doubtQueued(after: cursor, limit: 3, now: .start)
                }
                counts.append(count)
                cursor = rest
            } while cursor != nil

            #expect(counts.reduce(0, +) == 6)
            #expect(counts.count == 3)
            #expect(try await scene.claims().map(\.isResend) == Array(repeating: true, count: 6))
        }
    }

    @Test("the time of its last entry is known at the next start, to a minute")
    func lastEntry() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            #expect(store.findings.lastEntry == nil)
            for seconds in [0, 59, 61] {
                _ = try await store.endLeases(except: [], now: .start + .seconds(seconds))
            }
            await store.close()

            var told: Date?
            let again = try await SQLiteStore.open(
                directory: folder, signals: WorkSignals(), now: told ?? .start, onLastEntry: { told = $0 })
            #expect(told == .start + .seconds(61))
            #expect(again.findings.lastEntry == .start + .seconds(61))
            await again.close()
        }
    }
}
