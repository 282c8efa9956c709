import Doubles
import Foundation
import GatewayCore
import Testing

extension AppBatchPromises {
    static let turns = Promise.list("A store says which batches of apps are due") {
        Promise("those whose time has come, and when the next one's comes") { scene in
            let (now, soon, late) = (scene.appBatch(), scene.appBatch(after: 60), scene.appBatch(after: 120))
            try await scene.keep(late, soon, now)

            #expect(try await scene.due() == [now.id])
            #expect(try await scene.store.dueAppBatches(limit: 9, now: .start).nextDue == soon.sendAfter)
            let then = soon.sendAfter
            #expect(try await scene.due(now: then) == [now.id, soon.id])
            #expect(try await scene.store.dueAppBatches(limit: 9, now: then).nextDue == late.sendAfter)
            let due = try await scene.store.dueAppBatches(limit: 9, now: late.sendAfter)
            #expect(due.batches == [now, soon, late] && due.nextDue == nil)
            let none = try await scene.store.dueAppBatches(limit: 0, now: .start)
            #expect(none.batches == [] && none.nextDue == soon.sendAfter)
        }
        Promise("one that is sent at once waits for no clock that was set back") { scene in
            let batch = scene.appBatch(at: 3600)
            let later = scene.appBatch(after: 60)
            try await scene.keep(batch, later)

            #expect(try await scene.due(now: .start) == [batch.id])
        }
        Promise("apps in turns, the oldest of each first") { scene in
            let own = (0..<3).map { _ in scene.appBatch() }
            let others = (0..<2).map { _ in scene.appBatch(of: .otherApp) }
            for batch in own + others { try await scene.keep(batch) }

            let due = try await scene.due()
            #expect(due == [own[0], others[0], own[1], others[1], own[2]].map(\.id))
        }
        Promise("and where fewer are wanted than apps have some, none waits for ever") { scene in
            let owners = (0..<3).map { Owner.app("a\($0)", project: "p1") }
            for owner in owners { for _ in 0..<2 { try await scene.keep(scene.appBatch(of: owner)) } }
            var served: Set<Owner> = []
            for _ in owners {
                served.formUnion(try await scene.store.dueAppBatches(limit: 1, now: .start).batches.map(\.owner))
            }

            #expect(served == Set(owners))
        }
        Promise("nothing is due where there is nothing") { scene in
            let due = try await scene.store.dueAppBatches(limit: 9, now: .start)
            #expect(due.batches == [] && due.nextDue == nil)
        }
    }

    static let cancellations = Promise.list("A store cancels batches of apps") {
        Promise("one that waits for a later time, once, and drops its request") { scene in
            let batch = scene.appBatch(after: 60)
            try await scene.keep(batch)

            #expect(try await scene.cancel(.batch(batch.id), of: "p2") == 0)
            #expect(try await scene.cancel(.batch(scene.id())) == 0)
            #expect(try await scene.cancel(.batch(batch.id), limit: 0) == 0)
            #expect(try await scene.cancel(.batch(batch.id)) == 1)
            #expect(try await scene.cancel(.batch(batch.id)) == 0)

            #expect(try await scene.kept(batch)?.phase == .cancelled)
            #expect(try await scene.store.request(of: batch.id) == nil)
            #expect(try await scene.due(now: batch.sendAfter) == [])
            #expect(try await scene.notices() == ["BATCH_STATUS_UPDATE cancelled"])
            #expect(try await !scene.advance(batch, by: 1))
        }
        Promise("none whose time has come, or that was to be sent at once") { scene in
            let (now, later) = (scene.appBatch(), scene.appBatch(after: 60))
            try await scene.keep(now, later)

            #expect(try await scene.cancel(.batch(now.id)) == 0)
            #expect(try await scene.cancel(.batch(later.id), now: later.sendAfter) == 0)
            #expect(try await scene.kept(now) == now)
            #expect(try await scene.kept(later) == later)
        }
        Promise("all that have a value, of their project, up to a limit") { scene in
            let key = AppBatch.Key(name: "campaign", value: "spring")
            let all = (0..<3).map { _ in scene.appBatch(after: 60, keys: [key]) }
            let others = [
                scene.appBatch(keys: [key]), scene.appBatch(after: 60),
                scene.appBatch(of: .app("a1", project: "p2"), after: 60, keys: [key]),
            ]
            for batch in all + others { try await scene.keep(batch) }

            #expect(try await scene.cancel(.having(key), limit: 2) == 2)
            #expect(try await scene.cancel(.having(key), limit: 2) == 1)
            #expect(try await scene.cancel(.having(key), limit: 2) == 0)

            for batch in all { #expect(try await scene.kept(batch)?.phase == .cancelled) }
            #expect(try await Set(scene.due(now: all[0].sendAfter)) == Set(others.map(\.id)))
        }
    }
}
