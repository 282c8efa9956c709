import Foundation
import GatewayCore
import StoreConformance
import Synchronization
import Testing

@testable import SQLStore
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
                        try await store.parts.customerReads.read(for: .servicePlan("greedy")) { _ in gate.wait() }
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
}
