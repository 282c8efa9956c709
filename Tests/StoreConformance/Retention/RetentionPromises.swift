import Doubles
import Foundation
import GatewayCore
import Testing

/// A store removes what has ended long ago.
enum RetentionPromises {
    /// Long after everything that the scenes begin.
    static let later = Date.start + .seconds(40 * 86_400)

    static let all = Promise.list("A store removes what has ended long ago") {
        Promise("a batch goes with its messages and all that belongs to them") { scene in
            let batch = try await scene.delivered(interest: .final)
            _ = try await scene.heardEvents()

            let removed = try await scene.removed(.batches)

            #expect(removed.removed == 1 && removed.messages == 1)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == nil)
            #expect(try await scene.store.tallies(of: batch.id, withRecipients: false).isEmpty)
            let list = try await scene.store.batches(
                of: Scene.owner, matching: BatchFilter(from: .start - 60), page: Page())
            #expect(list.count == 0 && list.elements.isEmpty)
            #expect(try await scene.removed(.events).removed == 0, "its events went with it")
        }
        Promise("a report on a message that was removed is one on an unknown message") { scene in
            try await scene.delivered()
            _ = try await scene.removed(.batches)

            #expect(try await scene.store.apply(.delivered(), from: "north", now: later) == .unknownMessage)
        }
        Promise("what is open stays, whatever its age") { scene in
            let submitted = try await scene.submitted()
            let due = try await scene.due(to: ["12025550102"])
            let withoutMedia = try await scene.inserted(to: ["12025550103"])
            let later = try await scene.inserted(to: ["12025550104"], sendAt: .start + .seconds(60))

            #expect(try await scene.removed(.batches).removed == 0)

            for batch in [submitted, due, withoutMedia, later] {
                #expect(try await scene.store.batch(batch.id, of: Scene.owner) == batch)
            }
        }
        Promise("a batch stays as long as somebody is to be notified of it") { scene in
            let batch = try await scene.delivered(interest: .final)

            #expect(try await scene.removed(.batches).removed == 0)
            #expect(try await scene.toldStates() == [.delivered])
            #expect(try await scene.removed(.batches).removed == 1)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == nil)
        }
        Promise("the time is counted from the end of the last message") { scene in
            let batch = try await scene.submitted()
            let end = Date.start + .seconds(86_400)
            _ = try await scene.store.apply(.delivered(), from: "north", now: end)

            #expect(try await scene.removed(.batches, endedBefore: end).removed == 0)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) != nil)
            #expect(try await scene.removed(.batches, endedBefore: end + .seconds(1)).removed == 1)
        }
        Promise("a batch that lost its messages when it was cancelled goes, too") { scene in
            let batch = try await scene.inserted(to: ["12025550101"], sendAt: .start + .seconds(60))
            _ = try await scene.store.cancel(batch.id, of: Scene.owner, now: .start)

            #expect(try await scene.removed(.batches).removed == 1)
        }
        Promise("a large batch goes bit by bit, and nobody can read it meanwhile") { scene in
            let numbers = (0..<100).map { "1202555\(1000 + $0)" }
            let batch = try await scene.inserted(to: numbers)
            try await scene.store.abandon(batch.id, because: .mediaUnreachable, now: .start)
            let small = try await scene.delivered(to: "12025550199")

            let first = try await scene.store.remove(.batches, endedBefore: later, after: nil, within: .zero)

            #expect(first.removed == 0 && first.messages > 0 && first.messages < 100)
            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == nil)
            #expect(try await scene.store.cancel(batch.id, of: Scene.owner, now: later) == nil)
            #expect(try await scene.store.batch(small.id, of: Scene.owner) == small)
            let rest = try await scene.removed(.batches, within: .zero)
            #expect(rest.removed == 2 && first.messages + rest.messages == 101)
        }
        Promise("what stays is passed over, and what is behind it is removed") { scene in
            try await scene.inserted(to: ["12025550105"])
            for _ in 0..<3 { try await scene.delivered() }

            let removed = try await scene.removed(.batches, within: .zero)

            #expect(removed.removed == 3)
        }
        Promise("what is kept, and since when") { scene in
            #expect(try await scene.store.keptSpan().oldestBatch == nil)
            let batch = try await scene.delivered(interest: .final)
            try await scene.inserted(to: ["12025550105"])

            let kept = try await scene.store.keptSpan()

            #expect(kept.oldestBatch == batch.createdAt && kept.batches == 2)
            #expect(kept.oldestEvent == .start && kept.events == 1)
            #expect(kept.bytes > 0 && kept.freeBytes >= 0)
        }
    }
}
