import Doubles
import Foundation
import GatewayCore
import Testing

/// A store that was restored doubts recipients that are still to become messages, too: they may have become some since.
enum RestoredBatchPromises {
    static let all = Promise.list(
        "A store that was restored from a backup, and batches that are still to become messages"
    ) {
        Promise("recipients of an app's batch that has begun become messages in doubt, slice by slice") { scene in
            var batch = scene.appBatch(recipients: 3)
            try await scene.keep(batch)
            #expect(try await scene.advance(batch, by: 1))

            #expect(try await scene.store.doubtQueued(now: .start) == 3, "the message, and two recipients")

            let rest = try #require(try await scene.store.dueAppBatches(limit: 9, now: .start).batches.first)
            #expect(rest.isInDoubt)
            batch = rest
            for (place, phase) in [(1, AppBatch.Phase.ready), (2, .processed)] {
                batch.phase = phase
                let send = try scene.recipientSend(to: "1202555019\(place)")
                #expect(
                    try await scene.store.advance(batch, by: 1, taking: [send], notices: [], now: .start + .seconds(1)))
                try await scene.store.recordMedia(Scene.picture, for: send.batch.id, now: .start + .seconds(1))
                let claim = try #require(try await scene.claims(now: .start + .seconds(1)).first)
                #expect(claim.isResend)
                #expect(claim.transactionID == send.message.id.description)
                batch.processed += 1
            }
            #expect(try await scene.kept(batch)?.phase == .processed)
        }
        Promise("an app's batch whose time comes later, or that was taken since, is in no doubt") { scene in
            let later = scene.appBatch(recipients: 1, after: 600)
            try await scene.keep(later)
            #expect(try await scene.store.doubtQueued(now: .start + .seconds(300)) == 0)
            let new = scene.appBatch(recipients: 1, at: 301)
            try await scene.keep(new)

            let now = Date.start + .seconds(600)
            let due = try await scene.store.dueAppBatches(limit: 9, now: now).batches
            #expect(Set(due.map(\.id)) == [later.id, new.id])
            #expect(due.map(\.isInDoubt) == [false, false])
        }
        Promise("a scheduled one whose time came since the backup is in doubt, and may not be cancelled any more") {
            scene in
            let batch = scene.appBatch(recipients: 1, after: 600)
            try await scene.keep(batch)

            #expect(try await scene.store.doubtQueued(now: .start + .seconds(900)) == 1)

            let due = try await scene.store.dueAppBatches(limit: 9, now: .start + .seconds(900)).batches
            #expect(due.map(\.isInDoubt) == [true])
            #expect(due.map(\.phase) == [.scheduled])
            #expect(try await scene.cancel(.batch(batch.id), now: .start + .seconds(900)) == 0)
        }
        Promise("members of groups are in doubt where the batch has begun, and not where it is still to begin") {
            scene in
            let group = try await scene.group(["12025550101"])
            let begun = try await scene.insertBatch(to: [group.id.description], sendAt: .start + .seconds(60))
            let later = try await scene.insertBatch(to: [group.id.description], sendAt: .start + .seconds(600))

            _ = try await scene.store.doubtQueued(now: .start + .seconds(300))

            for (batch, seconds, isResend) in [(begun, 300.0, true), (later, 600, false)] {
                let now = Date.start + seconds
                try await scene.store.recordMedia(
                    Scene.picture, number: 0, for: batch.id, revision: 0, expansion: scene.expansion, now: now)
                #expect(try await scene.claims(now: now).map(\.isResend) == [isResend])
            }
        }
    }
}
