import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@Suite("A full store takes nothing new, and ends what it has")
struct SizeLimitTests {
    @Test("at the limit what was taken still moves and customers are notified; the words name setting and figures")
    func reserve() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            try await scene.due(to: ["12025550101"], interest: [.submitted, .final])

            try await store.limitSize(bytes: 100_000)

            let failure = await #expect(throws: StoreFailure.self) {
                try await scene.inserted(to: ["12025550102"])
            }
            let readiness = await #expect(throws: StoreFailure.self) { try await store.check() }
            for text in [failure?.text, readiness?.text] {
                #expect(text?.contains("store.size_limit is 100000 bytes") == true)
                #expect(text?.contains("the database has") == true)
            }
            try await store.record(SubmissionResult(.accepted(messageID: "M1")), of: scene.claim(), now: .start)
            #expect(try await store.apply(.delivered(), from: "north", now: .start) != .unknownMessage)
            #expect(try await scene.toldStates() == [.submitted(messageID: "M1"), .delivered])

            try await store.limitSize(bytes: nil)
            try await scene.inserted(to: ["12025550102"])
            try await store.check()
            await store.close()
        }
    }

    @Test("at the limit no group grows, no labels and no feedback are taken, and what is in the way can be removed")
    func growth() async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            let scene = Scene(store: store, signals: signals)
            let batch = try await scene.inserted(to: ["12025550101"])
            let group = Group(id: scene.id(), owner: Scene.owner, createdAt: .start)
            let number = try #require(MSISDN("12025550101"))
            _ = try await store.insert(group, members: [number], keeping: nil)
            var (more, fewer) = (GroupChange(), GroupChange())
            more.add = [try #require(MSISDN("12025550102"))]
            fewer.remove = [number]

            try await store.limitSize(bytes: 100_000)

            await #expect(throws: StoreFailure.self) {
                try await store.change(group.id, of: Scene.owner, by: more, now: .start)
            }
            await #expect(throws: StoreFailure.self) {
                try await store.setEcho(Echo("x"), of: batch.id, revision: 0, of: Scene.owner, keeping: nil)
            }
            await #expect(throws: StoreFailure.self) {
                try await store.setTags(["x"], ofGroup: group.id, of: Scene.owner)
            }
            await #expect(throws: StoreFailure.self) {
                try await store.recordFeedback(on: batch.id, from: [], now: .start)
            }
            guard case .done(let changed) = try await store.change(group.id, of: Scene.owner, by: fewer, now: .start)
            else {
                Issue.record("the group does not become smaller")
                return
            }
            #expect(changed.size == 0)
            #expect(try await store.cancel(batch.id, of: Scene.owner, now: .start) != nil)
            #expect(try await store.deleteGroup(group.id, of: Scene.owner))
            await store.close()
        }
    }
}
