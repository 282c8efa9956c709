import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps batches of apps.
enum AppBatchPromises {
    private static let key = AppBatch.Key(name: "campaign", value: "spring")

    static let all = Promise.list("A store keeps batches of apps") {
        Promise("one is read as it was given, by its own project alone, and its request octet by octet") { scene in
            let batch = scene.appBatch(after: 60, keys: [key, AppBatch.Key(name: "", value: "\"1\"")])
            let request = (0...255).map { UInt8($0) }

            let result = try await scene.store.insert(
                batch, request: request, notices: [.called("BATCH_STATUS_UPDATE")], keeping: scene.answer("k"),
                limits: QueueLimits())

            #expect(result == .inserted)
            #expect(try await scene.kept(batch) == batch)
            #expect(try await scene.store.request(of: batch.id) == request)
            #expect(try await scene.store.appBatch(batch.id, of: "p2") == nil)
            #expect(try await scene.store.appBatch(scene.id(), of: "p1") == nil)
            #expect(try await scene.store.request(of: scene.id()) == nil)
            #expect(try await scene.notices() == ["BATCH_STATUS_UPDATE"])
            let kept = try await scene.store.keptAnswer(to: "k", of: .project("p1"), now: .start)
            #expect(kept == scene.answer("k"))
            #expect(await wasRaised(scene.signals.appBatches))
        }
        Promise("an empty request is one too") { scene in
            let batch = scene.appBatch()
            _ = try await scene.store.insert(batch, request: [], notices: [], keeping: nil, limits: QueueLimits())

            #expect(try await scene.store.request(of: batch.id) == [])
        }
        Promise("those with a value are found by it, newest first, up to a limit") { scene in
            let other = AppBatch.Key(name: "campaign", value: "summer")
            let all = [
                scene.appBatch(keys: [key]), scene.appBatch(of: .otherApp, keys: [other, key, key]),
                scene.appBatch(keys: [other]), scene.appBatch(),
            ]
            for batch in all { try await scene.keep(batch) }
            try await scene.keep(scene.appBatch(of: .app("a1", project: "p2"), keys: [key]))

            #expect(try await scene.store.appBatches(of: "p1", having: key, limit: 9) == [all[1], all[0]])
            #expect(try await scene.store.appBatches(of: "p1", having: key, limit: 1) == [all[1]])
            #expect(try await scene.store.appBatches(of: "p1", having: other, limit: 9) == [all[2], all[1]])
            let unknown = AppBatch.Key(name: "campaign", value: "")
            #expect(try await scene.store.appBatches(of: "p1", having: unknown, limit: 9) == [])
            #expect(try await scene.store.appBatches(of: "p3", having: key, limit: 9) == [])
            #expect(try await scene.store.appBatches(of: "p1", having: key, limit: 0) == [])
        }
        Promise("a repeated request gets the first answer and takes nothing") { scene in
            let first = scene.answer("k", "1")
            let batches = [scene.appBatch(), scene.appBatch()]
            let notices = [Notice.called("BATCH_STATUS_UPDATE")]
            _ = try await scene.store.insert(
                batches[0], request: [], notices: notices, keeping: first, limits: QueueLimits())

            let result = try await scene.store.insert(
                batches[1], request: [], notices: notices, keeping: scene.answer("k", "2"), limits: QueueLimits())

            #expect(result == .answered(first))
            #expect(try await scene.kept(batches[1]) == nil)
            #expect(try await scene.notices().count == 1)
        }
        Promise("recipients that are still to become messages count among those that wait") { scene in
            try await scene.inserted(to: ["12025550101", "12025550102"])
            let first = scene.appBatch(recipients: 3, after: 60)
            try await scene.keep(first, scene.appBatch(of: .otherApp, recipients: 4))

            let batch = scene.appBatch(recipients: 2)
            #expect(try await scene.insert(batch, limits: QueueLimits(all: 10)) == .queueFull)
            #expect(try await scene.insert(batch, limits: QueueLimits(own: 4)) == .queueFull)
            #expect(try await scene.kept(batch) == nil)
            #expect(try await scene.insert(batch, limits: QueueLimits(all: 11, own: 5)) == .inserted)
            #expect(try await scene.cancel(.batch(first.id)) == 1)
            #expect(try await scene.insert(scene.appBatch(), limits: QueueLimits(all: 10, own: 4)) == .inserted)
        }
        Promise("a recipient that has become a message counts once, also after a restart") { scene in
            let batch = scene.appBatch(recipients: 4)
            try await scene.keep(batch)
            #expect(try await scene.advance(batch, by: 2))
            let next = try await scene.reopened()
            for _ in 0..<2 {
                let more = next.appBatch(recipients: 1, after: 60)
                #expect(try await next.insert(more, limits: QueueLimits(own: 4)) == .queueFull)
                #expect(try await next.insert(more, limits: QueueLimits(all: 4)) == .queueFull)
                #expect(try await next.insert(more, limits: QueueLimits(all: 5, own: 5)) == .inserted)
                #expect(try await next.cancel(.batch(more.id)) == 1)
            }
            await next.store.close()
        }
        Promise("those that ended before a time are dropped, the longest over first, and no others") { scene in
            let old = (0..<3).map { second in scene.appBatch(at: second, after: 60, keys: [key]) }
            let (open, later) = (scene.appBatch(), scene.appBatch(after: 600))
            for batch in old + [open, later] { try await scene.keep(batch) }
            for (second, batch) in old.enumerated() {
                #expect(try await scene.cancel(.batch(batch.id), now: .start + .seconds(second)) == 1)
            }

            let before = Date.start + .seconds(2)
            #expect(try await scene.store.dropAppBatches(endedBefore: before, limit: 1) == 1)
            #expect(try await scene.kept(old[0]) == nil)
            #expect(try await scene.kept(old[1]) != nil)
            #expect(try await scene.store.dropAppBatches(endedBefore: before, limit: 9) == 1)
            #expect(try await scene.store.dropAppBatches(endedBefore: before, limit: 9) == 0)

            #expect(try await scene.store.appBatches(of: "p1", having: key, limit: 9).map(\.id) == [old[2].id])
            #expect(try await scene.kept(open) == open)
            #expect(try await scene.kept(later) == later)
        }
    }
}
