import Doubles
import Foundation
import GatewayCore
import Testing

/// A store says at its opening what it found, and doubts what was restored from a backup.
enum StartPromises {
    static let all = Promise.list("A store says what it found at its opening") {
        Promise("a new one is new, and one that was used before is not") { scene in
            #expect(scene.store.findings == StoreFindings(isNew: true, lastEntry: nil, claimsInDoubt: 0))

            let again = try await scene.reopened()

            #expect(!again.store.findings.isNew)
            await again.store.close()
        }
        Promise("when it was looked after last, to a minute") { scene in
            for seconds in [0, 59, 61] {
                _ = try await scene.store.endLeases(except: [], now: .start + .seconds(seconds))
            }

            let again = try await scene.reopened(at: .start + .seconds(3600))

            let lastEntry = try #require(again.store.findings.lastEntry)
            #expect(lastEntry > .start && lastEntry <= .start + .seconds(61 + 60))
            await again.store.close()
        }
        Promise("how many messages no MMSC has taken yet, of all batches") { scene in
            #expect(scene.store.waitingCount == 0)
            try await scene.submitted(to: "12025550101")
            try await scene.due(to: ["12025550102", "33612345678", "99900000000"])
            try await scene.inserted(to: ["12025550103"], of: .servicePlan("plan2"))
            let withdrawn = try await scene.due(to: ["12025550104"])
            _ = try await scene.store.cancel(withdrawn.id, of: Scene.owner, now: .start)
            #expect(try await scene.claims(limit: 1).count == 1)
            #expect(scene.store.waitingCount == 3, "one is on its way, one is due, one waits for its media")

            let again = try await scene.reopened()

            #expect(again.store.waitingCount == 3)
            await again.store.close()
        }
    }

    static let restored = Promise.list("A store that was restored from a backup") {
        Promise("what it has queued and has begun is claimed as a repeat, and what is scheduled is not") { scene in
            try await scene.due(to: ["12025550101", "33612345678"])
            let later = try await scene.inserted(to: ["12025550102"], sendAt: .start + .seconds(600))

            #expect(try await scene.store.doubtQueued(now: .start + .seconds(300)) == 2)

            let now = Date.start + .seconds(600)
            try await scene.store.recordMedia(Scene.picture, for: later.id, now: now)
            let claims = try await scene.store.claims(now: now).claims
            #expect(claims.map(\.isResend) == [true, false])
            #expect(claims.map(\.first.tries) == [1, 1])
            #expect(claims.first.map { $0.transactionID == $0.message.description } == true)
            // Nobody knows which of its carriers had it, so the first is asked.
            #expect(try await scene.store.claims(at: "south", available: ["south"], now: now).claims.isEmpty)
            #expect(try await scene.store.claims(at: "west", available: [], now: now).claims.map(\.isResend) == [true])
        }
        Promise("who waits for media goes on waiting, and ends as unknown where there is none") { scene in
            let fetched = try await scene.inserted(to: ["12025550101"], interest: [.submitted, .final])
            let missing = try await scene.inserted(to: ["12025550102"], interest: [.submitted, .final])
            #expect(try await scene.store.doubtQueued(now: .start) == 2)
            #expect(try await scene.claims().isEmpty)

            try await scene.store.recordMedia(Scene.picture, for: fetched.id, now: .start)
            try await scene.store.abandon(missing.id, because: .mediaUnreachable, now: .start)

            #expect(try await scene.claims().map(\.isResend) == [true])
            #expect(try await scene.message(to: "12025550102", in: missing).state == .unknown)
            #expect(try await scene.toldStates() == [.unknown])
        }
        Promise("what an MMSC has taken, or what has ended, is not doubted") { scene in
            let taken = try await scene.submitted()
            let ended = try await scene.due(to: ["12025550102"])
            _ = try await scene.store.cancel(ended.id, of: Scene.owner, now: .start)

            #expect(try await scene.store.doubtQueued(now: .start) == 0)

            #expect(try await scene.message(in: taken).state == .submitted(messageID: "M1"))
            #expect(try await scene.message(to: "12025550102", in: ended).state == .cancelled)
        }
    }
}
