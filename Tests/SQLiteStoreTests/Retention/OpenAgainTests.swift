import Doubles
import GatewayCore
import StoreConformance
import Testing

@testable import SQLStore
@testable import SQLiteStore

@Suite("A batch that is open when its removal begins")
struct OpenAgainTests {
    @Test("keeps its messages, although the look before found it over")
    func stays() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let batch = try await scene.inserted(to: (0..<40).map { "1202555\(1000 + $0)" })
            let waiting = store.waitingCount

            let step = try await store.writer.write { (transaction) throws(SQLError) in
                var found = Removable(after: nil)
                found.items = [(.largeBatch(batch.id.description), RemovalCursor(batch.id.description))]
                return try transaction.remove(
                    found, endedBefore: .start + .seconds(40 * 86_400), until: .now + .seconds(60))
            }

            #expect(step.messages == 0 && step.removed == 0)
            #expect(step.next == nil, "it holds up no other")
            #expect(try await store.batch(batch.id, of: Scene.owner) == batch)
            #expect(try await store.tallies(of: batch.id, withRecipients: false).reduce(0) { $0 + $1.count } == 40)
            #expect(store.waitingCount == waiting)
            await store.close()
        }
    }
}
