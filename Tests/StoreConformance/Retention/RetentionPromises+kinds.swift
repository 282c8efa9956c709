import Doubles
import Foundation
import GatewayCore
import Testing

extension RetentionPromises {
    static let kinds = Promise.list("A store removes what belongs to a message before the message") {
        Promise("events that were heard or given up, and none that is still to be heard") { scene in
            try await scene.delivered(interest: [.submitted, .final])
            _ = try await scene.heardEvents()
            try await scene.delivered(to: "12025550102", interest: .final)
            let refused = try #require(try await scene.events().first)
            try await scene.store.record(.givenUp(reason: "410"), of: refused.id, now: .start + .seconds(9))
            try await scene.delivered(to: "12025550103", interest: .final)

            #expect(try await scene.removed(.events).removed == 3)
            #expect(try await scene.toldStates(now: .start + .seconds(60)) == [.delivered])
        }
        Promise("the time of an event is counted from the last answer to its calls") { scene in
            let end = Date.start + .seconds(7_200)
            try await scene.delivered(interest: .final)
            let given = try #require(try await scene.events().first)
            try await scene.store.record(.givenUp(reason: "410"), of: given.id, now: end)

            #expect(try await scene.removed(.events, endedBefore: end).removed == 0)
            #expect(try await scene.removed(.events, endedBefore: end + .seconds(1)).removed == 1)
        }
        Promise("attempts and reports of messages that have ended, which stay") { scene in
            let ended = try await scene.delivered()
            let open = try await scene.due(to: ["12025550102"])
            try await scene.store.record(SubmissionResult(.postponed, dueAt: .start), of: scene.claim(), now: .start)

            #expect(try await scene.removed(.attempts).removed == 2, "a SubmitReq and a report")
            #expect(try await scene.removed(.attempts).removed == 0)
            #expect(try await scene.message(in: ended).state == .delivered)
            #expect(try await scene.message(to: "12025550102", in: open).attempts == 1)
        }
        Promise("answers to requests, and no younger ones") { scene in
            for (key, time) in [("a", Date.start), ("b", .start + .seconds(60))] {
                try await scene.store.keep(
                    KeptAnswer(
                        owner: Scene.owner, key: key, request: "r", status: 201, body: Array("{}".utf8), at: time))
            }

            #expect(try await scene.removed(.answers, endedBefore: .start + .seconds(60)).removed == 1)
            #expect(try await scene.store.keptAnswer(to: "a", of: Scene.owner, now: .start) == nil)
            #expect(try await scene.store.keptAnswer(to: "b", of: Scene.owner, now: .start) != nil)
        }
    }
}

extension Scene {
    /// A batch of one message that was delivered when it was sent.
    @discardableResult
    func delivered(to number: String = "12025550101", interest: Interest = []) async throws -> Batch {
        let batch = try await due(to: [number], interest: interest)
        let claim = try #require(try await claims().first { $0.batch == batch.id })
        try await store.record(SubmissionResult(.accepted(messageID: "M\(number)")), of: claim, now: .start)
        let result = try await store.apply(.delivered("M\(number)", to: number), from: "north", now: .start)
        guard case .applied = result else { throw StoreFailure.broken("the report was not applied") }
        return batch
    }

    /// Removes what has ended before a time, step by step.
    func removed(
        _ kind: KeptKind, endedBefore: Date = RetentionPromises.later, within budget: Duration = .seconds(1)
    ) async throws -> RemovalStep {
        var all = RemovalStep()
        var cursor: RemovalCursor?
        repeat {
            let step = try await store.remove(kind, endedBefore: endedBefore, after: cursor, within: budget)
            all.removed += step.removed
            all.messages += step.messages
            cursor = step.next
        } while cursor != nil
        return all
    }
}
