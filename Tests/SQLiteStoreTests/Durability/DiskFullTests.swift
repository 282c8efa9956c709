import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("A full disk is survived")
struct DiskFullTests {
    @Test("what does not fit is refused, what was taken stays, and with room all goes on")
    func fullAndRecovered() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(
                directory: folder, signals: signals, now: .start, sizeLimitBytes: 640_000, reserveBytes: 0)
            let scene = Scene(store: store, signals: signals)
            let numbers = (0..<100).map { "120255501\($0 + 100)" }
            var taken: [Batch] = []
            var failure: StoreFailure?
            while failure == nil && taken.count < 1000 {
                do {
                    taken.append(try await scene.inserted(to: numbers))
                } catch let error as StoreFailure {
                    failure = error
                }
            }

            #expect(failure?.isUnavailable == true)
            #expect(failure?.text.contains("full") == true)
            let waiting = try await store.batchesWithoutMedia(limit: 1000, now: .start, except: [])
            #expect(waiting.map(\.batch) == taken.map(\.id))

            try await store.limitSize(bytes: nil)
            try await scene.inserted(to: numbers)
            try await store.check()
            await store.close()
        }
    }

    @Test("one caller that does not fit does not hurt the others")
    func neighbours() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(
                directory: folder, signals: signals, now: .start, sizeLimitBytes: 640_000, reserveBytes: 0)
            let scene = Scene(store: store, signals: signals)
            let tooMany = (0..<3000).map { "1202555\(1000 + $0)" }

            let (large, small) = await withTaskGroup(of: (Bool, Batch?).self) { group in
                for number in 0..<30 {
                    let isLarge = number % 10 == 0
                    group.addTask {
                        (isLarge, try? await scene.inserted(to: isLarge ? tooMany : ["12025550101"]))
                    }
                }
                return await group.reduce(into: ([Batch](), [Batch]())) { all, result in
                    guard let batch = result.1 else { return }
                    if result.0 { all.0.append(batch) } else { all.1.append(batch) }
                }
            }

            #expect(large.isEmpty)
            let waiting = try await store.batchesWithoutMedia(limit: 1000, now: .start, except: [])
            #expect(Set(waiting.map(\.batch)) == Set(small.map(\.id)))
            try await store.check()
            await store.close()
        }
    }
}
