import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import Testing

@Suite("A full store takes nothing new, and ends what it has")
struct SizeLimitTests {
    @Test("at the limit what was taken still moves and is told, and the words name the setting and both figures")
    func reserve() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            try await scene.due(to: ["12025550101"], reporting: .perRecipient)

            try await store.limitSize(bytes: 100_000)

            let failure = await #expect(throws: StoreFailure.self) {
                try await scene.inserted(to: ["12025550102"])
            }
            let readiness = await #expect(throws: StoreFailure.self) { try await store.check() }
            for text in [failure?.text, readiness?.text] {
                #expect(text?.contains("store.size_limit is 100000 bytes") == true)
                #expect(text?.contains("the database has") == true)
            }
            try await store.record(Outcome(.accepted(messageID: "M1")), of: scene.claim(), now: .start)
            #expect(try await store.apply(.delivered(), from: "north", now: .start) != .unknownMessage)
            #expect(try await scene.toldStates() == [.submitted(messageID: "M1"), .delivered])

            try await store.limitSize(bytes: nil)
            try await scene.inserted(to: ["12025550102"])
            try await store.check()
            await store.close()
        }
    }
}
