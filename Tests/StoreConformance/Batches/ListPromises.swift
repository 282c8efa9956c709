import Doubles
import Foundation
import GatewayCore
import Testing

/// A store lists what it keeps.
enum ListPromises {
    static let all = Promise.list("A store lists what it keeps") {
        Promise("batches come newest first, a page at a time, with the count of all") { scene in
            var ids: [Batch.ID] = []
            for second in 0..<5 { ids.append(try await scene.batch(at: .start + .seconds(second)).id) }
            let filter = BatchFilter(from: .start)

            for (page, expected) in [
                (Page(number: 0, size: 2), [4, 3]), (Page(number: 2, size: 2), [0]), (Page(number: 3, size: 2), []),
                (Page(number: .max, size: 100), []),
            ] {
                let list = try await scene.store.batches(of: Scene.owner, matching: filter, page: page)
                #expect(list.count == 5)
                #expect(list.elements.map(\.id) == expected.map { ids[$0] })
            }
            #expect(
                try await scene.store.batches(of: .app("plan1", project: "p1"), matching: filter, page: Page()).count
                    == 0)
        }
        Promise("minutes that are skipped hide nothing") { scene in
            var ids: [Batch.ID] = []
            for step in 0..<12 {
                ids.append(try await scene.batch(at: .start + .seconds(step * 23), from: step % 3 == 0 ? "1" : "2").id)
            }
            for (first, last) in [(0, 300), (10, 200), (60, 120), (59, 181), (70, 71), (100, 100)] {
                for originators in [[], ["1"], ["1", "2"]] as [Set<String>] {
                    let filter = BatchFilter(
                        originators: originators, from: .start + .seconds(first), until: .start + .seconds(last))
                    let expected = ids.indices.reversed().filter { step in
                        (first..<last).contains(step * 23)
                            && (originators.isEmpty || originators.contains(step % 3 == 0 ? "1" : "2"))
                    }.map { ids[$0] }
                    for size in 1...4 {
                        var listed: [Batch.ID] = []
                        for number in 0...12 {
                            let page = Page(number: number, size: size)
                            let list = try await scene.store.batches(of: Scene.owner, matching: filter, page: page)
                            #expect(list.count == expected.count)
                            listed += list.elements.map(\.id)
                        }
                        #expect(listed == expected)
                    }
                }
            }
        }
        Promise("a batch whose sender is changed is counted under the new one") { scene in
            let old = try await scene.batch(at: .start, from: "1")
            var submittal = try scene.submittal(to: ["12025550101"])
            submittal.order.originator = try #require(Originator("2"))
            let (new, messages) = submittal.replacing(old, now: .start, expansion: scene.expansion)
            _ = try await scene.store.replace(
                new, messages: messages, expansion: scene.expansion, now: .start, queueLimit: nil)

            for (originator, count) in [("1", 0), ("2", 1)] {
                let filter = BatchFilter(originators: [originator], from: .start + .seconds(-60))
                #expect(try await scene.store.batches(of: Scene.owner, matching: filter, page: Page()).count == count)
            }
        }
        Promise("a list of batches keeps to its filter") { scene in
            let a = try await scene.batch(at: .start, from: "12345", reference: "r1").id
            let b = try await scene.batch(at: .start + .seconds(10), from: "54321", reference: "r1").id
            let c = try await scene.batch(at: .start + .seconds(20), from: "99999").id

            for (filter, expected) in [
                (BatchFilter(from: .start + .seconds(10)), [c, b]),
                (BatchFilter(from: .start, until: .start + .seconds(20)), [b, a]),
                (BatchFilter(originators: ["12345", "99999"], from: .start), [c, a]),
                (BatchFilter(from: .start, reference: "r1"), [b, a]),
                (BatchFilter(originators: ["54321"], from: .start, reference: "r1"), [b]),
                (BatchFilter(originators: ["12345\",\"99999"], from: .start), []),
            ] {
                let list = try await scene.store.batches(of: Scene.owner, matching: filter, page: Page())
                #expect(list.elements.map(\.id) == expected, "\(filter)")
                #expect(list.count == expected.count)
            }
        }
        Promise("final messages are listed with what their report says of the batch") { scene in
            let delivered = try await scene.submitted()
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start + .seconds(5))
            let waiting = try await scene.inserted(to: ["12025550102"])
            let bad = try await scene.inserted(to: ["12025550103"])
            try await scene.store.abandon(bad.id, because: .mediaUnreachable, now: .start + .seconds(7))

            for (filter, expected) in [
                (FinishedFilter(from: .start), [bad.id, delivered.id]),
                (FinishedFilter(from: .start + .seconds(6)), [bad.id]),
                (FinishedFilter(from: .start, until: .start + .seconds(7)), [delivered.id]),
                (FinishedFilter(from: .start, states: [.delivered, .expired]), [delivered.id]),
                (FinishedFilter(from: .start, states: [.aborted(.mediaUnreachable)]), [bad.id]),
                (FinishedFilter(from: .start, states: [.failed(.mediaUnreachable)]), []),
                (FinishedFilter(from: .start, reference: "none"), []),
            ] {
                let list = try await scene.store.finished(of: Scene.owner, matching: filter, page: Page())
                #expect(list.elements.map(\.message.batch) == expected, "\(filter)")
                #expect(list.count == expected.count)
            }
            let all = try await scene.store.finished(
                of: Scene.owner, matching: FinishedFilter(from: .start), page: Page(number: 1, size: 1))
            #expect(all.elements.map(\.batch) == [delivered.label])
            #expect(waiting.id != delivered.id)
        }
        Promise("inbound messages are read and listed as they were given") { scene in
            let full = Inbound(
                id: scene.id(), owner: Scene.owner, from: "12025550101", to: "54321", receivedAt: .start,
                sentAt: .start + .seconds(-1), reference: "r", subject: "Hi", text: "Grüße",
                media: [
                    .init(contentType: "image/jpeg", url: "https://m.example/1"),
                    .init(contentType: "a/b", url: nil, code: 2),
                ])
            let bare = Inbound(
                id: scene.id(), owner: Scene.owner, from: "12025550102", to: "12025550100",
                receivedAt: .start + .seconds(1))
            try await scene.store.insert(full)
            try await scene.store.insert(bare)

            #expect(try await scene.store.inbound(full.id, of: Scene.owner) == full)
            #expect(try await scene.store.inbound(full.id, of: .servicePlan("plan2")) == nil)
            for (filter, expected) in [
                (InboundFilter(from: .start), [bare, full]), (InboundFilter(from: .start + .seconds(1)), [bare]),
                (InboundFilter(recipients: ["54321", "1"], from: .start), [full]),
                (InboundFilter(from: .start, reference: "r"), [full]),
                (InboundFilter(recipients: ["1"], from: .start, reference: "r"), []),
            ] {
                let list = try await scene.store.inbounds(of: Scene.owner, matching: filter, page: Page())
                #expect(list.elements == expected)
            }
        }
        Promise("count and page fit together while batches come in") { scene in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for second in 0..<100 { _ = try await scene.batch(at: .start + .seconds(second)) }
                }
                group.addTask {
                    for _ in 0..<100 {
                        let list = try await scene.store.batches(
                            of: Scene.owner, matching: BatchFilter(from: .start), page: Page(size: 100))
                        #expect(list.count == list.elements.count)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

extension Scene {
    fileprivate func batch(at time: Date, from originator: String = "12345", reference: String? = nil) async throws
        -> Batch
    {
        var submittal = try submittal(to: ["12025550101"])
        submittal.order.originator = try #require(Originator(originator))
        submittal.order.reference = reference
        let (batch, messages) = submittal.accepted(now: time, expansion: expansion)
        try await store.insert(batch, messages: messages)
        return batch
    }
}
