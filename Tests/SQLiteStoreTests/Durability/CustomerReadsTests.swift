import Foundation
import GatewayCore
import StoreConformance
import Synchronization
import Testing

@testable import SQLiteStore

@Suite("A customer who reads much holds up nobody else")
struct CustomerReadsTests {
    @Test("while the reads of one customer hang, others read, and so does the gateway")
    func apart() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let batch = try await scene.due(to: ["12025550101"])
            let gate = DispatchSemaphore(value: 0)

            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await store.customerReads.read(for: .servicePlan("greedy")) { _ in gate.wait() }
                    }
                }
                #expect(try await store.batch(batch.id, of: Scene.owner)?.id == batch.id)
                #expect(try await store.content(of: batch.id)?.0.id == batch.id)
                for _ in 0..<20 { gate.signal() }
                try await group.waitForAll()
            }
            await store.close()
        }
    }

    @Test("a list leaves long parameters out, and the batch by itself has them as they were given")
    func longParameters() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let long = Parameters(["note": ["12025550101": String(repeating: "a/\"ü", count: 4000)]])
            let short = Parameters(["note": ["default": "b"]])
            let large = try await scene.inserted(to: ["12025550101"], parameters: long)
            let small = try await scene.inserted(to: ["12025550101"], parameters: short)

            let list = try await store.batches(
                of: Scene.owner, matching: BatchFilter(from: .start), page: Page()
            ).elements

            let found = Dictionary(uniqueKeysWithValues: list.map { ($0.id, $0.parameters) })
            #expect(found[large.id] == .leftOut)
            #expect(found[small.id] == .text(#"{"note":{"default":"b"}}"#))
            #expect(try await store.batch(large.id, of: Scene.owner)?.order.parameters == long)
            guard case .text(let text) = try await store.storedBatch(large.id, of: Scene.owner)?.parameters else {
                Issue.record("the parameters are left out")
                return
            }
            let read = try JSONDecoder().decode([String: [String: String]].self, from: Data(text.utf8))
            #expect(read == long.asGiven)
            await store.close()
        }
    }
}
