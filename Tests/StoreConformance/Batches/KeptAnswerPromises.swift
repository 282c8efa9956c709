import Foundation
import GatewayCore
import Testing

/// A store keeps the answer to a change with the change.
enum KeptAnswerPromises {
    private static func answer(
        _ key: String, of owner: Owner = Scene.owner, request: String = "r", at time: Date = .start
    ) -> KeptAnswer {
        KeptAnswer(owner: owner, key: key, request: request, status: 200, body: Array("{}".utf8), at: time)
    }

    private static func isKept(_ key: String, _ scene: Scene) async throws -> Bool {
        try await scene.store.keptAnswer(to: key, of: Scene.owner, now: .start) == answer(key)
    }

    static let all = Promise.list("A store keeps the answer to a change with the change") {
        Promise("of a batch") { scene in
            var old = try await scene.inserted(to: ["12025550101"])
            let number = try #require(MSISDN("12025550101"))

            #expect(
                try await scene.store.setEcho(
                    Echo("a"), of: old.id, revision: 0, of: Scene.owner, keeping: answer("echo")) == .replaced)
            old.revision += 1
            let (new, messages) = try scene.submittal(to: ["12025550102"]).replacing(
                old, now: .start, expansion: scene.expansion)
            #expect(
                try await scene.store.recordFeedback(
                    on: old.id, from: [number], keeping: answer("feedback"), now: .start)
                    == 0)
            #expect(
                try await scene.store.replace(
                    new, messages: messages, expansion: scene.expansion, keeping: answer("update"), now: .start,
                    queueLimit: nil) == .replaced)

            for key in ["echo", "feedback", "update"] { #expect(try await isKept(key, scene)) }
        }
        Promise("of a group, as it is then") { scene in
            let group = Group(id: scene.id(), owner: Scene.owner, createdAt: .start)
            _ = try await scene.store.insert(group, members: [], keeping: nil)
            var change = GroupChange()
            change.add = [try #require(MSISDN("12025550101"))]

            _ = try await scene.store.change(
                group.id, of: Scene.owner, by: change, keeping: { $0.size == 1 ? answer("update") : nil }, now: .start)
            _ = try await scene.store.setTags(["a"], ofGroup: group.id, of: Scene.owner, keeping: answer("tags"))

            for key in ["tags", "update"] { #expect(try await isKept(key, scene)) }
        }
        Promise("and none where nothing was changed") { scene in
            let batch = try await scene.submitted()
            let number = try #require(MSISDN("12025550199"))
            let (new, messages) = try scene.submittal(to: ["12025550102"]).replacing(
                batch, now: .start, expansion: scene.expansion)

            _ = try await scene.store.recordFeedback(on: batch.id, from: [number], keeping: answer("k"), now: .start)
            _ = try await scene.store.setEcho(
                Echo("a"), of: scene.id(), revision: 0, of: Scene.owner, keeping: answer("k"))
            _ = try await scene.store.setEcho(
                Echo("a"), of: batch.id, revision: 7, of: Scene.owner, keeping: answer("k"))
            _ = try await scene.store.replace(
                new, messages: messages, expansion: scene.expansion, keeping: answer("k"), now: .start, queueLimit: nil)

            #expect(try await isKept("k", scene) == false)
        }
    }

    static let alone = Promise.list("A store keeps an answer alone") {
        Promise("for its key and owner, and the first one stays") { scene in
            let other = Owner.servicePlan("plan2")
            try await scene.store.keep(answer("a"))
            try await scene.store.keep(answer("a", request: "another"))
            try await scene.store.keep(answer("a", of: other, request: "other"))

            #expect(try await isKept("a", scene))
            #expect(try await scene.store.keptAnswer(to: "b", of: Scene.owner, now: .start) == nil)
            #expect(
                try await scene.store.keptAnswer(to: "a", of: other, now: .start)
                    == answer("a", of: other, request: "other"))
        }
        Promise("until its life is over, when its key is free again") { scene in
            let end = Date.start + KeptAnswer.life
            let again = answer("a", request: "again", at: end + .seconds(1))
            try await scene.store.keep(answer("a"))

            #expect(
                try await scene.store.keptAnswer(to: "a", of: Scene.owner, now: .start + .seconds(60)) == answer("a"))
            #expect(try await scene.store.keptAnswer(to: "a", of: Scene.owner, now: end + .seconds(1)) == nil)
            try await scene.store.keep(again)
            #expect(try await scene.store.keptAnswer(to: "a", of: Scene.owner, now: end + .seconds(1)) == again)
        }
    }
}
