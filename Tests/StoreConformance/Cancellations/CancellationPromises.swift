import Doubles
import Foundation
import GatewayCore
import Testing

/// A store has messages taken back that an MMSC has.
enum CancellationPromises {
    private static let later = Date.start + .seconds(100)

    private static func claims(
        _ scene: Scene, at mmsc: String = "north", limit: Int = 10, now: Date = .start
    ) async throws -> [Cancellation] {
        try await scene.store.claimCancellations(at: mmsc, limit: limit, now: now, leaseUntil: now + .seconds(60))
    }

    @discardableResult
    private static func cancelled(_ scene: Scene, interest: Interest = []) async throws -> Batch {
        let batch = try await scene.submitted(interest: interest)
        _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
        return batch
    }

    static let all = Promise.list("A store has messages taken back that an MMSC has") {
        Promise("what was taken back ends as cancelled, is told, and ends its batch") { scene in
            _ = await wasRaised(scene.signals.cancellations(at: "north"))
            let batch = try await cancelled(scene, interest: .endSummary)
            #expect(await wasRaised(scene.signals.cancellations(at: "north")))
            #expect(try await scene.toldStates() == [])

            let claim = try #require(try await claims(scene).first)
            #expect(claim.messageID == "M1" && claim.mmsc == "north" && claim.tries == 1)
            try await scene.store.record(.withdrawn, of: claim, now: Self.later)

            let message = try await scene.message(in: batch)
            #expect(message.state == .cancelled && message.changedAt == Self.later)
            #expect(try await scene.toldStates(now: Self.later) == [nil])
            #expect(try await claims(scene, now: Self.later) == [])
        }
        Promise("messages of one MessageID go together, and one that was reported before is left out") { scene in
            let numbers = ["12025550101", "12025550102", "12025550103"]
            let batch = try await scene.due(to: numbers)
            for claim in try await scene.store.claims(limit: 1, recipientsPerRequest: 3, now: .start).claims {
                try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            }
            _ = try await scene.store.apply(.delivered(to: numbers[0]), from: "north", now: .start)
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)

            let claims = try await claims(scene)
            #expect(claims.map(\.messageID) == ["M1"] && claims.map(\.messages.count) == [2])
            _ = try await scene.store.apply(.delivered(to: numbers[1]), from: "north", now: .start)
            try await scene.store.record(.withdrawn, of: claims[0], now: .start)

            var states: [MessageState] = []
            for number in numbers { states.append(try await scene.message(to: number, in: batch).state) }
            #expect(states == [.delivered, .delivered, .cancelled])
        }
        Promise("as many as asked for, of that MMSC, and none twice before its lease ends") { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102", "12025550103"])
            for (index, claim) in try await scene.claims().enumerated() {
                try await scene.store.record(
                    SubmissionResult(.accepted(messageID: "M\(index)")), of: claim, now: .start)
            }
            #expect(try await claims(scene) == [])
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)

            #expect(try await claims(scene, at: "south") == [])
            let first = try await claims(scene, limit: 2)
            let second = try await claims(scene, limit: 2)
            #expect(first.count == 2 && second.count == 1)
            #expect(Set((first + second).map(\.messageID)) == ["M0", "M1", "M2"])
            #expect(try await claims(scene) == [])
            #expect(try await claims(scene, now: .start + .seconds(61)).map(\.tries) == [2, 2, 2])
        }
        Promise("what the MMSC does not give back is left to its report") { scene in
            let batch = try await cancelled(scene)
            try await scene.store.record(.stays, of: claims(scene)[0], now: .start)

            #expect(try await claims(scene, now: Self.later) == [])
            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            #expect(try await scene.message(in: batch).state == .delivered)
        }
        Promise("a try that failed is followed by another, and one that was none is not counted") { scene in
            try await cancelled(scene)
            try await scene.store.record(.released, of: claims(scene)[0], now: .start)
            let first = try await claims(scene)
            #expect(first.map(\.tries) == [1])

            try await scene.store.record(.again(at: Self.later), of: first[0], now: .start)

            #expect(try await claims(scene, now: Self.later + .seconds(-1)) == [])
            let second = try await claims(scene, now: Self.later)
            #expect(second.map(\.tries) == [2])
            #expect(second.map(\.transactionID) == first.map(\.transactionID))
        }
        Promise("what has come to its end is not asked for any more") { scene in
            let batch = try await cancelled(scene)
            let claim = try #require(try await claims(scene).first)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            try await scene.store.record(.again(at: .start), of: claim, now: .start)
            #expect(try await claims(scene, now: Self.later) == [])
            try await scene.store.record(.withdrawn, of: claim, now: .start)
            #expect(try await scene.message(in: batch).state == .delivered)
        }
        Promise("what is accepted after the cancellation is taken back too") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
            #expect(try await claims(scene) == [])

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: Self.later)

            #expect(try await claims(scene, now: Self.later).map(\.messageID) == ["M1"])
            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
        }
        Promise("customers take turns, however many messages one of them withdrew") { scene in
            let many = try await scene.due(to: (0..<6).map { "1202555010\($0)" })
            let other = Owner.servicePlan("plan2")
            let one = try await scene.due(to: ["12025550190"], of: other)
            for claim in try await scene.claims() {
                let name = claim.batch == one.id ? "theirs" : "M\(claim.id)"
                try await scene.store.record(SubmissionResult(.accepted(messageID: name)), of: claim, now: .start)
            }
            _ = try await scene.store.cancel(many.id, of: Scene.owner, now: .start)
            _ = try await scene.store.cancel(one.id, of: other, now: .start + .seconds(1))

            let claims = try await claims(scene, limit: 2, now: Self.later)

            #expect(claims.contains { $0.messageID == "theirs" })
            #expect(Set(claims.map(\.customer)).count == 2)
        }
        Promise("what is under way is not claimed again, whatever the clock says of its lease") { scene in
            try await cancelled(scene)
            let first = try #require(try await claims(scene).first)
            var request = CancellationRequest(
                mmsc: "north", limit: 10, except: [first.messageID], now: .start + .seconds(3600),
                leaseUntil: .start + .seconds(3660))

            #expect(try await scene.store.claimCancellations(request) == [])
            request.ongoing = []
            #expect(try await scene.store.claimCancellations(request).map(\.tries) == [2])
        }
        Promise("a CancelReq that waits for a repair used up no try") { scene in
            try await cancelled(scene)
            let first = try #require(try await claims(scene).first)

            try await scene.store.record(.waits(until: Self.later), of: first, now: .start)

            #expect(try await claims(scene, now: .start + .seconds(99)) == [])
            #expect(try await claims(scene, now: Self.later).map(\.tries) == [1])
        }
    }
}
