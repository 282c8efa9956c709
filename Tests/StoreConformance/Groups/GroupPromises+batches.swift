import Doubles
import Foundation
import GatewayCore
import Testing

/// How members of groups become the messages of a batch.
extension GroupPromises {
    static let batches = Promise.list("A store sends a batch to the members of its groups") {
        Promise("a batch that begins now is sent to the members of this moment") { scene in
            let group = try await scene.group(["12025550101", "12025550102", "49301234567"])
            let batch = try await scene.insertBatch(to: [group.id.description, "12025550102"])

            let tallies = try await scene.store.tallies(of: batch.id, withRecipients: false)
            #expect(tallies.reduce(0) { $0 + $1.count } == 3, "a number in both is one message")
            #expect(try await scene.message(to: "49301234567", in: batch).state == .aborted(.unroutable))
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            #expect(try await scene.claims().count == 2)
        }
        Promise("a batch for later is sent to the members of then") { scene in
            let group = try await scene.group(["12025550101"])
            let gone = try await scene.group(["12025550102"])
            let later = Date.start + .seconds(60)
            let batch = try await scene.insertBatch(to: [group.id.description, gone.id.description], sendAt: later)
            var change = GroupChange()
            change.add = try scene.numbers(["12025550103"])
            _ = try await scene.change(group, change)
            #expect(try await scene.store.deleteGroup(gone.id, of: Scene.owner))
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).isEmpty)

            let tasks = try await scene.store.batchesWithoutMedia(limit: 9, now: later, except: [])
            #expect(tasks.map(\.batch) == [batch.id])
            try await scene.store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: later)

            let claims = try await scene.claims(now: later)
            #expect(Set(claims.map(\.recipient.digits)) == ["12025550101", "12025550103"])
        }
        Promise("members of a group learn that the media was bad, and an empty group ends its batch") { scene in
            let later = Date.start + .seconds(60)
            let group = try await scene.group(["12025550101"])
            let bad = try await scene.insertBatch(
                to: [group.id.description], interest: [.submitted, .final], sendAt: later)
            let empty = try await scene.group([])
            let nothing = try await scene.insertBatch(to: [empty.id.description], interest: .endSummary)

            try await scene.store.abandon(
                bad.id, revision: 0, because: .mediaUnreachable, reason: nil, expansion: scene.expansion, now: later)

            let told = try await scene.events(now: later)
            #expect(told.map(\.batch?.id) == [nothing.id, bad.id])
            #expect(try await scene.message(in: bad).state == .aborted(.mediaUnreachable))
        }
        Promise("the end of a batch is told once, when the members of its groups have ended too") { scene in
            let later = Date.start + .seconds(60)
            let group = try await scene.group(["12025550101", "12025550102"])
            let batch = try await scene.insertBatch(
                to: ["12025550103", group.id.description], interest: .endSummary, sendAt: later)

            let afterEnd = Date.start + .seconds(4 * 86_400)
            #expect(try await scene.store.expire(limit: 10, now: afterEnd) == 1)
            #expect(try await scene.toldStates(now: afterEnd).isEmpty)
            try await scene.store.abandon(
                batch.id, revision: 0, because: .expiredInQueue, reason: nil, expansion: scene.expansion, now: afterEnd)

            #expect(try await scene.toldStates(now: afterEnd) == [nil])
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).reduce(0) { $0 + $1.count } == 3)
        }
        Promise("members of groups count against the bound of the queue") { scene in
            let group = try await scene.group(["12025550101", "12025550102", "12025550103"])
            var submittal = try scene.submittal(to: [])
            submittal.order.recipients = [group.id.description]
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)

            let result = try await scene.store.insert(
                batch, messages: messages, expansion: scene.expansion, keeping: nil, queueLimit: 2)

            #expect(result == .queueFull)
        }
        Promise("cancelled before its media, a batch to groups alone ends with nobody") { scene in
            let later = Date.start + .seconds(60)
            let group = try await scene.group(["12025550101"])
            let batch = try await scene.insertBatch(to: [group.id.description], interest: .endSummary, sendAt: later)

            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: later)

            #expect(try await scene.toldStates(now: later) == [nil])
        }
        Promise("a batch has as many messages as it may and no more, also where its groups are begun again") { scene in
            let groups = [
                try await scene.group(["12025550101", "12025550102", "12025550103"]),
                try await scene.group(["12025550111", "12025550112", "12025550113"]),
            ]
            var submittal = try scene.submittal(to: ["12025550199"])
            submittal.order.recipients += groups.map(\.id.description)
            submittal.order.sendAt = .start + .seconds(60)
            let expansion = Expansion(routes: Scene.routes, ids: ULIDGenerator(), limit: 5)
            let (batch, messages) = submittal.accepted(now: .start, expansion: expansion)
            _ = try await scene.store.insert(
                batch, messages: messages, expansion: expansion, keeping: nil, queueLimit: nil)

            try await scene.store.recordMedia(
                Scene.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, now: .start + .seconds(60))

            #expect(try await scene.claims(now: .start + .seconds(60)).count == 5)
        }
    }
}
