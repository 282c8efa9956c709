import Doubles
import Foundation
import GatewayCore
import Testing

/// A store makes messages of the recipients of batches of apps.
enum AdvancePromises {
    static let all = Promise.list("A store makes messages of a batch of an app") {
        Promise("those of the next recipients, until the last, when the request is dropped") { scene in
            var batch = scene.appBatch(recipients: 3)
            try await scene.keep(batch)

            #expect(try await scene.advance(batch, by: 2))

            batch.processed = 2
            #expect(try await scene.kept(batch) == batch)
            #expect(scene.store.waitingCount == 2)
            #expect(try await scene.due() == [batch.id])
            #expect(try await scene.store.request(of: batch.id) != nil)
            let ended = [Notice.called("BATCH_STATUS_UPDATE")]
            #expect(try await scene.advance(batch, by: 1, becoming: .processed, notices: ended))
            let kept = try await scene.kept(batch)
            #expect(kept?.phase == .processed && kept?.processed == 3)
            #expect(scene.store.waitingCount == 3)
            #expect(try await scene.due() == [])
            #expect(try await scene.store.request(of: batch.id) == nil)
            #expect(try await scene.notices() == ["BATCH_STATUS_UPDATE"])
        }
        Promise("a message goes the way of any other of its app") { scene in
            let batch = scene.appBatch(recipients: 1)
            try await scene.keep(batch)
            let send = try scene.recipientSend()

            #expect(try await scene.store.advance(batch, by: 1, taking: [send], notices: [], now: .start))

            #expect(try await scene.store.batch(send.batch.id, of: .app) == send.batch)
            try await scene.store.recordMedia(Scene.picture, for: send.batch.id, now: .start)
            #expect(try await scene.claims().flatMap { $0.copies.map(\.message) } == [send.message.id])
        }
        Promise("recipients that become no message are counted too") { scene in
            let batch = scene.appBatch(recipients: 2)
            try await scene.keep(batch)

            let isDone = try await scene.store.advance(
                batch, by: 2, taking: [], notices: [.called("MESSAGE_DELIVERY")], now: .start)

            #expect(isDone)
            #expect(try await scene.kept(batch)?.processed == 2)
            #expect(try await scene.notices() == ["MESSAGE_DELIVERY"])
        }
        Promise("nothing is done twice, or of a batch that has ended, is unknown, or is another project's") { scene in
            let batch = scene.appBatch(recipients: 3)
            try await scene.keep(batch)
            let foreign = AppBatch(
                id: batch.id, owner: .app("a1", project: "p2"), createdAt: .start, sendAfter: .start, isLater: false,
                recipientCount: 3, phase: .ready, metadata: "", keys: [])
            #expect(try await !scene.advance(foreign, by: 1))
            #expect(try await !scene.advance(scene.appBatch(), by: 1))
            #expect(try await scene.advance(batch, by: 1))

            #expect(try await !scene.advance(batch, by: 1, notices: [.called("BATCH_STATUS_UPDATE")]))
            var next = batch
            next.processed = 1
            #expect(try await scene.advance(next, by: 0, becoming: .failed))
            #expect(try await !scene.advance(next, by: 1))

            #expect(scene.store.waitingCount == 1)
            #expect(try await scene.kept(batch)?.phase == .failed)
            #expect(try await scene.store.request(of: batch.id) == nil)
            #expect(try await scene.notices() == [])
        }
        Promise("of many that do the same at once, one does it") { scene in
            let batch = scene.appBatch(recipients: 8)
            try await scene.keep(batch)
            let results = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 { group.addTask { try await scene.advance(batch, by: 1) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }

            #expect(results.count { $0 } == 1)
            #expect(try await scene.kept(batch)?.processed == 1)
            #expect(scene.store.waitingCount == 1)
        }
        Promise("a batch of a later time is ready once it has begun, and is due without a wait") { scene in
            let batch = scene.appBatch(recipients: 2, after: 60)
            try await scene.keep(batch)
            _ = await wasRaised(scene.signals.appBatches)

            #expect(try await scene.advance(batch, by: 1, becoming: .ready))

            #expect(try await scene.due(now: .start) == [batch.id])
            #expect(await wasRaised(scene.signals.appBatches))
            #expect(try await scene.cancel(.batch(batch.id)) == 0)
        }
    }
}
