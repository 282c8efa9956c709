import Foundation
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("What is free in the database is given back")
struct FreeSpaceTests {
    private func size(of folder: String) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: folder + "/gateway.sqlite")[.size] as? Int ?? 0
    }

    /// Answers of a megabyte in all that are removed again.
    private func fillAndEmpty(_ store: SQLiteStore) async throws {
        for number in 0..<100 {
            let answer = KeptAnswer(
                owner: Scene.owner, key: "\(number)", request: "r", status: 200,
                body: [UInt8](repeating: 0x61, count: 10_000), at: .start)
            try await store.keep(answer)
        }
        while try await store.remove(
            .answers, endedBefore: .start + .seconds(1), after: nil, within: .seconds(1)
        ).next != nil {}
    }

    @Test("in short steps, down to a quarter of the file")
    func shrinks() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            try await fillAndEmpty(store)
            let full = try await store.keptSpan()

            var (steps, given) = (0, 0)
            while case let step = try await store.giveBackSpace(within: .zero, sparing: 0), step.removed > 0 {
                steps += 1
                given += step.removed
            }

            let kept = try await store.keptSpan()
            #expect(steps > 1)
            #expect(kept.bytes == full.bytes - given && kept.freeBytes <= kept.bytes / 4 + 32 * 4096)
            #expect(full.freeBytes > 900_000 && kept.freeBytes < 200_000)
            try await store.check()
            await store.close()
            #expect(try size(of: folder) == kept.bytes)
        }
    }

    @Test("less than the spare stays free for what comes next")
    func spare() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            try await fillAndEmpty(store)

            #expect(try await store.giveBackSpace(within: .seconds(1)) == RemovalStep())
            await store.close()
        }
    }

    @Test("a database of an earlier release keeps its free pages for reuse")
    func earlier() async throws {
        try await withTemporaryFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: ReleasedDatabase.initial.database, to: URL(filePath: folder + "/gateway.sqlite"))
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            try await fillAndEmpty(store)

            #expect(try await store.giveBackSpace(within: .seconds(1), sparing: 0) == RemovalStep())
            #expect(try await store.keptSpan().freeBytes > 900_000)
            await #expect(throws: StoreFailure.self, "a gateway uses it") {
                _ = try await SQLiteStore.compact(directory: folder)
            }
            await store.close()

            let size = try await SQLiteStore.compact(directory: folder)

            #expect(size.before > size.after + 900_000)
            #expect(try self.size(of: folder) == size.after)
            let again = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            try await fillAndEmpty(again)
            #expect(try await again.giveBackSpace(within: .seconds(1), sparing: 0).removed > 0)
            await again.close()
        }
    }
}
