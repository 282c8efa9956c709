import Doubles
import Foundation
import GatewayCore
import Testing

/// A store changes and withdraws batches.
enum ChangePromises {
    static let all = Promise.list("A store changes and withdraws batches") {
        Promise("as long as nothing has left, another batch takes the place of one") { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102"])

            let (result, new) = try await scene.replace(batch, to: ["12025550103"])

            #expect(result == .replaced)
            var expected = new
            expected.revision = 1
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == expected)
            #expect(try await scene.claims().isEmpty, "its media is fetched first")
            // What was fetched for the batch before is not for this one.
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            try await scene.store.abandon(batch.id, because: .mediaUnreachable, now: .start)
            #expect(try await scene.claims().isEmpty)
            try await scene.store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 1, expansion: scene.expansion, now: .start)
            let claims = try await scene.claims()
            #expect(claims.map(\.recipient.digits) == ["12025550103"])
            #expect(claims.map(\.revision) == [1])
        }
        Promise("a batch of which a message is on its way stays as it is") { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102"])
            _ = try await scene.claims(limit: 1)

            let (result, _) = try await scene.replace(batch, to: ["12025550103"])

            #expect(result == .dispatched)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == batch)
        }
        Promise("a batch that has ended or was cancelled stays as it is") { scene in
            let bad = try await scene.inserted(to: ["12025550101"])
            try await scene.store.abandon(bad.id, because: .mediaUnreachable, now: .start)
            let cancelled = try await scene.inserted(to: ["12025550101"], sendAt: .start + .seconds(60))
            _ = try await scene.store.cancel(cancelled.id, of: Scene.owner, now: .start)

            #expect(try await scene.replace(bad, to: ["12025550103"]).0 == .dispatched)
            #expect(try await scene.replace(cancelled, to: ["12025550103"]).0 == .dispatched)
        }
        Promise("an echo takes the place of the one it was made from, and nothing else changes") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claims = try await scene.claims()
            func set(_ text: String, revision: Int, of owner: Owner = Scene.owner) async throws -> ReplaceResult {
                try await scene.store.setEcho(
                    Echo(text), of: batch.id, revision: revision, of: owner, keeping: nil)
            }

            #expect(try await set("a", revision: 0) == .replaced)
            #expect(try await set("b", revision: 0) == .outdated)
            #expect(try await set("b", revision: 1, of: .servicePlan("another")) == .noSuchBatch)

            var expected = batch
            expected.order.echo = Echo("a")
            expected.revision = 1
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == expected)
            #expect(try await scene.replace(batch, to: ["12025550102"]).0 == .outdated)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claims[0], now: .start)
            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
        }
        Promise("the media of a batch whose echo was changed meanwhile is kept") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            _ = try await scene.store.setEcho(
                Echo("a"), of: batch.id, revision: 0, of: Scene.owner, keeping: nil)

            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)

            #expect(try await scene.claims().count == 1)
        }
        Promise("of two changes made from the same batch one is outdated") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])

            #expect(try await scene.replace(batch, to: ["12025550102"]).0 == .replaced)
            #expect(try await scene.replace(batch, to: ["12025550103"]).0 == .outdated)
        }
        Promise("another owner's batch is neither changed nor cancelled") { scene in
            let batch = try await scene.inserted(to: ["12025550101"])
            var foreign = try scene.submittal(to: ["12025550102"])
            foreign.owner = .servicePlan("plan2")
            let (other, messages) = foreign.replacing(batch, now: .start, expansion: scene.expansion)

            let result = try await scene.store.replace(
                other, messages: messages, expansion: scene.expansion, now: .start, queueLimit: nil)

            #expect(result == .noSuchBatch)
            #expect(try await scene.store.cancel(batch.id, of: foreign.owner, now: .start) == nil)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == batch)
        }
        Promise("cancelling ends what waits and tells it") { scene in
            let batch = try await scene.due(
                to: ["12025550101", "12025550102", "12025550103"], interest: [.submitted, .final])
            let claims = try await scene.claims(limit: 2)
            try await scene.store.record(SubmissionResult(.answerLost, dueAt: .start), of: claims[0], now: .start)

            let cancelled = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start + .seconds(1))

            #expect(cancelled?.batch.isCanceled == true && cancelled?.batch.modifiedAt == .start + .seconds(1))
            #expect(try await scene.message(to: "12025550101", in: batch).state == .unknown, "the MMSC may have it")
            #expect(try await scene.message(to: "12025550102", in: batch).state == .submitting)
            #expect(try await scene.message(to: "12025550103", in: batch).state == .cancelled)
            #expect(try await scene.toldStates(now: .start + .seconds(1)) == [.unknown, .cancelled])

            // What was on its way is judged by its answer, and not sent again.
            try await scene.store.record(SubmissionResult(.postponed, dueAt: .start), of: claims[1], now: .start)
            #expect(try await scene.message(to: "12025550102", in: batch).state == .cancelled)
            #expect(try await scene.claims().isEmpty)
        }
        Promise("of a batch that had not begun nothing is left to report on") { scene in
            let batch = try await scene.inserted(
                to: ["12025550101"], interest: .endFull, sendAt: .start + .seconds(60))

            let first = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
            let second = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start + .seconds(5))

            #expect(first?.batch.isCanceled == true)
            #expect(second == first, "a second time changes nothing")
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).isEmpty)
            let later = Date.start + .seconds(120)
            #expect(try await scene.store.batchesWithoutMedia(limit: 9, now: later, except: []).isEmpty)
            #expect(try await scene.toldStates(now: later).isEmpty)
        }
        Promise("no more messages wait than may") { scene in
            let first = try await scene.insert(to: ["12025550101", "12025550102"], queueLimit: 3)
            let second = try await scene.insert(to: ["12025550103", "12025550104"], queueLimit: 3)
            #expect(first.result == .inserted && second.result == .queueFull)

            _ = try await scene.store.cancel(first.batch.id, of: Scene.owner, now: .start)
            #expect(try await scene.insert(to: ["12025550103", "12025550104"], queueLimit: 3).result == .inserted)
        }
        Promise("an answer that was kept comes back in place of a second batch, until its life is over") { scene in
            let answer = KeptAnswer(
                owner: Scene.owner, key: "k", request: "r", status: 201, body: Array("{}".utf8), at: .start)
            let again = KeptAnswer(
                owner: Scene.owner, key: "k", request: "other", status: 201, body: [],
                at: .start + (KeptAnswer.life - .seconds(1)))

            let first = try await scene.insert(to: ["12025550101"], keeping: answer)
            let second = try await scene.insert(to: ["12025550101"], keeping: again)

            #expect(first.result == .inserted)
            #expect(second.result == .answered(answer))
            #expect(try await scene.store.keptAnswer(to: "k", of: Scene.owner, now: .start) == answer)
            #expect(try await scene.store.keptAnswer(to: "k", of: .servicePlan("plan2"), now: .start) == nil)
            let after = Date.start + (KeptAnswer.life + .seconds(1))
            #expect(try await scene.store.keptAnswer(to: "k", of: Scene.owner, now: after) == nil)
        }
    }
}

extension Scene {
    fileprivate func replace(_ batch: Batch, to numbers: [String]) async throws -> (ReplaceResult, Batch) {
        let (new, messages) = try submittal(to: numbers).replacing(batch, now: .start, expansion: expansion)
        let result = try await store.replace(
            new, messages: messages, expansion: expansion, now: .start, queueLimit: nil)
        return (result, new)
    }

    fileprivate func insert(
        to numbers: [String], keeping answer: KeptAnswer? = nil, queueLimit: Int? = nil
    ) async throws -> (result: InsertResult, batch: Batch) {
        let (batch, messages) = try submittal(to: numbers).accepted(now: .start, expansion: expansion)
        let result = try await store.insert(
            batch, messages: messages, expansion: expansion, keeping: answer, queueLimit: queueLimit)
        return (result, batch)
    }
}
