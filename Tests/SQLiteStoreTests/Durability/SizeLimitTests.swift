import Doubles
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("A database that is as large as it may be")
struct SizeLimitTests {
    @Test("the words name the setting and both figures")
    func words() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)

            try await store.limitSize(bytes: 100_000)

            let failure = await #expect(throws: StoreFailure.self) {
                try await scene.inserted(to: ["12025550102"])
            }
            let readiness = await #expect(throws: StoreFailure.self) { try await store.check() }
            for text in [failure?.text, readiness?.text] {
                #expect(text?.contains("store.size_limit is 100000 bytes") == true)
                #expect(text?.contains("the database has") == true)
            }
            await store.close()
        }
    }
}
