import Doubles
import Foundation
import GatewayCore
import Testing

/// A clock that is set back holds up nothing in a store.
enum ClockSetBackPromises {
    private static let hour = Duration.seconds(3_600)
    /// What the clock says after it was set back by an hour.
    private static let before = Date.start + (.zero - hour)

    private static func setBack(_ scene: Scene) async throws {
        while try await scene.store.endWaits(begunAfter: Self.before, limit: 1) > 0 {}
    }

    private static func cancellations(in scene: Scene, now: Date) async throws -> Int {
        try await scene.store.claimCancellations(
            at: "north", limit: 1, now: now, leaseUntil: now + .seconds(90)
        ).count
    }

    static let all = Promise.list("A clock that is set back holds up nothing in a store") {
        Promise("what was never tried goes at once, and before what comes later") { scene in
            let first = try await scene.due(to: ["12025550101"])
            let second = try await scene.inserted(to: ["12025550102"])
            try await scene.store.recordMedia(Scene.picture, for: second.id, now: Self.before)

            let claims = try await scene.store.claims(now: Self.before).claims

            #expect(claims.map(\.batch) == [first.id, second.id])
        }
        Promise("a message's pause that began later than now ends at once") { scene in
            try await scene.due(to: ["12025550101", "12025550102"])
            for claim in try await scene.claims() {
                try await scene.store.record(
                    SubmissionResult(.postponed, dueAt: .start + Self.hour), of: claim, now: .start)
            }
            #expect(try await scene.claims(now: Self.before).isEmpty)

            try await setBack(scene)

            #expect(try await scene.claims(now: Self.before).count == 2)
        }
        Promise("a pause that began before now keeps its end") { scene in
            try await scene.due(to: ["12025550101"])
            let end = Date.start + .seconds(30)
            try await scene.store.record(SubmissionResult(.postponed, dueAt: end), of: scene.claim(), now: .start)

            while try await scene.store.endWaits(begunAfter: .start + .seconds(1), limit: 10) > 0 {}

            #expect(try await scene.claims(now: .start + .seconds(29)).isEmpty)
            #expect(try await scene.claims(now: end).count == 1)
        }
        Promise(
            "media that is to be fetched at once or again is fetched now, and not before a time that a customer chose"
        ) { scene in
            let fresh = try await scene.inserted(to: ["12025550101"])
            let retried = try await scene.inserted(to: ["12025550102"])
            try await scene.store.postponeMedia(of: retried.id, revision: 0, until: .start + .seconds(5), now: .start)
            try await scene.inserted(to: ["12025550103"], sendAt: .start + .seconds(5))

            try await setBack(scene)

            let tasks = try await scene.store.batchesWithoutMedia(limit: 10, now: Self.before, except: [])
            #expect(Set(tasks.map(\.batch)) == [fresh.id, retried.id])
            #expect(await wasRaised(scene.signals.media))
        }
        Promise("events and their retries are told now; one that is being told is not told twice") { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let retried = try #require(try await scene.events().first?.event.id)
            try await scene.store.record(.again(at: .start + Self.hour, reason: "HTTP 503"), of: retried, now: .start)
            try await scene.submitted(to: "12025550102", interest: [.submitted, .final])
            let batch = try await scene.due(to: ["12025550109"], interest: [.submitted, .final])
            let claimed = try #require(try await scene.events().first?.event.id)
            try await scene.store.abandon(batch.id, because: .mediaUnreachable, now: .start)

            try await setBack(scene)

            let told = try await scene.events(now: Self.before).map(\.event.id)
            #expect(told.contains(retried))
            #expect(!told.contains(claimed))
            #expect(await wasRaised(scene.signals.events))
            // As soon as the claim of a teller that is gone would end.
            #expect(try await scene.events(now: Self.before + .seconds(60)).map(\.event.id).contains(claimed))
        }
        Promise("what is to be taken back is asked for now") { scene in
            let batch = try await scene.submitted()
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)

            try await setBack(scene)

            let claims = try await scene.store.claimCancellations(
                at: "north", limit: 1, now: Self.before, leaseUntil: .start)
            #expect(claims.map(\.messageID) == ["M1"])
        }
        Promise("a CancelReq that is under way is asked for again when a new claim would end") { scene in
            let batch = try await scene.submitted()
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)
            #expect(try await cancellations(in: scene, now: .start) == 1)

            try await setBack(scene)

            #expect(try await cancellations(in: scene, now: before + .seconds(89)) == 0)
            #expect(try await cancellations(in: scene, now: before + .seconds(90)) == 1)
        }
        Promise("a gateway that starts with an earlier time waits for nothing that the one before it did") { scene in
            try await scene.due(to: ["12025550101", "12025550102"], interest: [.submitted, .final])
            let claims = try await scene.claims(limit: 2)
            let pause = SubmissionResult(.postponed, dueAt: .start + .seconds(30))
            try await scene.store.record(pause, of: claims[0], now: .start)
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: claims[1], now: .start)
            let event = try #require(try await scene.events().first?.event.id)
            try await scene.store.record(.again(at: .start + .seconds(5), reason: "HTTP 503"), of: event, now: .start)
            try await scene.inserted(to: ["12025550103"])

            let again = try await scene.reopened(at: Self.before).store

            #expect(try await again.claims(now: Self.before).claims.map(\.message) == [claims[0].message])
            #expect(try await again.batchesWithoutMedia(limit: 10, now: Self.before, except: []).count == 1)
            let told = try await again.claimCalls(limit: 10, now: Self.before, leaseUntil: .start)
            #expect(told.map(\.event.id) == [event])
            await again.close()
        }
    }
}
