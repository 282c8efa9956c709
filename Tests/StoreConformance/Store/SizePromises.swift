import Doubles
import Foundation
import GatewayCore
import Testing

/// A store whose size the operator bounds takes nothing new when it is full, and ends what it has. One that cannot be
/// bounded promises nothing of it.
enum SizePromises {
    /// Less than any store has.
    private static let tooFewBytes = 1

    private static func bounded(_ scene: Scene) -> (any BoundedStore)? { scene.store as? any BoundedStore }

    static let all = Promise.list("A store whose size is bounded takes nothing new when it is full") {
        Promise("what was taken still moves and is told, and more room is enough to go on") { scene in
            guard let store = bounded(scene) else { return }
            try await scene.due(to: ["12025550101"], interest: [.submitted, .final])

            try await store.limitSize(bytes: tooFewBytes)

            let failure = await #expect(throws: StoreFailure.self) { try await scene.inserted(to: ["12025550102"]) }
            let readiness = await #expect(throws: StoreFailure.self) { try await scene.store.check() }
            #expect(failure?.mayPass == true && readiness?.mayPass == true)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: scene.claim(), now: .start)
            #expect(try await scene.store.apply(.delivered(), from: "north", now: .start) != .unknownMessage)
            #expect(try await scene.toldStates() == [.submitted(messageID: "M1"), .delivered])

            try await store.limitSize(bytes: nil)
            try await scene.inserted(to: ["12025550102"])
            try await scene.store.check()
        }
        Promise("the size is of what the store holds, also at the limit") { scene in
            guard let store = bounded(scene) else { return }
            let before = try await store.usedBytes()
            for _ in 0..<50 { try await scene.inserted(to: (0..<20).map { "12025550\(100 + $0)" }) }

            try await store.limitSize(bytes: tooFewBytes)

            #expect(before > tooFewBytes)
            #expect(try await store.usedBytes() > before)
        }
        Promise("no group grows, no labels and no feedback are taken, and what is in the way can be removed") { scene in
            guard let store = bounded(scene) else { return }
            let batch = try await scene.inserted(to: ["12025550101"])
            let group = Group(id: scene.id(), owner: Scene.owner, createdAt: .start)
            let number = try #require(MSISDN("12025550101"))
            _ = try await scene.store.insert(group, members: [number], keeping: nil)
            var (more, fewer) = (GroupChange(), GroupChange())
            more.add = [try #require(MSISDN("12025550102"))]
            fewer.remove = [number]

            try await store.limitSize(bytes: tooFewBytes)

            await #expect(throws: StoreFailure.self) {
                try await scene.store.change(group.id, of: Scene.owner, by: more, now: .start)
            }
            await #expect(throws: StoreFailure.self) {
                try await scene.store.setEcho(Echo("x"), of: batch.id, revision: 0, of: Scene.owner, keeping: nil)
            }
            await #expect(throws: StoreFailure.self) {
                try await scene.store.setTags(["x"], ofGroup: group.id, of: Scene.owner)
            }
            await #expect(throws: StoreFailure.self) {
                try await scene.store.recordFeedback(on: batch.id, from: [], now: .start)
            }
            guard
                case .done(let changed) = try await scene.store.change(
                    group.id, of: Scene.owner, by: fewer, now: .start)
            else {
                Issue.record("the group does not become smaller")
                return
            }
            #expect(changed.size == 0)
            #expect(try await scene.store.cancel(batch.id, of: Scene.owner, now: .start) != nil)
            #expect(try await scene.store.deleteGroup(group.id, of: Scene.owner))
        }
    }
}
