import Doubles
import Foundation
import GatewayCore
import Testing

/// Which message one from a handset repeats or answers.
extension InboundPromises {
    static let repetitions = Promise.list("A store knows what a message from a handset repeats or answers") {
        Promise.each(
            "a repetition is known for a day, by its LinkedID before all else",
            of: [
                ("L1" as String?, "transaction 2", "north", Date.start + .seconds(60), true),
                ("L2", "transaction 1", "north", .start, false),
                (nil, "transaction 1", "north", .start, false),
                ("L1", "transaction 1", "south", .start, false),
                ("L1", "transaction 1", "north", dayLater, false),
            ] as [(String?, String, String, now: Date, isRepeated: Bool)]
        ) { scene, row in
            _ = try await receive(inbound(scene), linked: "L1", in: scene)

            let result = try await receive(
                inbound(scene), linked: row.0, fingerprint: row.1, at: row.2, now: row.now, in: scene)

            #expect((result == .repeated) == row.isRepeated)
            #expect(try await toldInbounds(scene, now: row.now).count == (row.isRepeated ? 1 : 2))
        }
        Promise("without a LinkedID the fingerprint knows it again") { scene in
            _ = try await receive(inbound(scene), in: scene)

            #expect(try await receive(inbound(scene), in: scene) == .repeated)
            #expect(try await receive(inbound(scene), fingerprint: "transaction 2", in: scene) != .repeated)
        }
        Promise.each(
            "another message under the same identifier is taken, and said to be so",
            of: ["L1" as String?, nil] as [String?]
        ) { scene, linkedID in
            let first = inbound(scene)
            var results = [try await receive(first, linked: linkedID, in: scene)]
            var expected: [InboundResult] = [.taken([first.id])]
            let picture = Inbound.Medium(Scene.picture, name: "cat.jpg")
            let others = [
                inbound(scene, text: "Hello"), inbound(scene, from: "12025550102"), inbound(scene, media: [picture]),
            ]

            for other in others {
                results.append(try await receive(other, linked: linkedID, in: scene))
                expected.append(.takenAnew([other.id]))
            }
            for copy in [inbound(scene), inbound(scene, text: "Hello")] {
                results.append(try await receive(copy, linked: linkedID, in: scene))
                expected.append(.repeated)
            }
            let late = inbound(scene, text: "Late")
            results.append(try await receive(late, linked: linkedID, now: Self.dayLater, in: scene))
            expected.append(.taken([late.id]))

            #expect(results == expected)
            #expect(try await toldInbounds(scene, now: Self.dayLater).count == 5)
        }
        Promise("a LinkedID that is a MessageID of ours to somebody else is the MMSC's own") { scene in
            var submittal = try scene.submittal(to: ["12025550101"])
            submittal.order.reference = "order-7"
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            try await scene.store.insert(batch, messages: messages)
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "17")), of: scene.claim(), now: .start)
            let other = inbound(scene, from: "12025550199")

            #expect(try await receive(other, linked: "17", in: scene) == .taken([other.id]))
            #expect(
                try await receive(inbound(scene, from: "12025550199"), linked: "17", fingerprint: "t2", in: scene)
                    == .repeated)

            #expect(try await toldInbounds(scene).map(\.reference) == [nil])
        }
        Promise("a copy to another number under the same LinkedID is no repetition") { scene in
            let one = inbound(scene)
            let other = inbound(scene, to: "12025550100")
            _ = try await receive(one, linked: "L1", in: scene)

            #expect(try await receive(one, other, linked: "L1", in: scene) == .taken([other.id]))
        }
        Promise("an answer has the reference of the message it answers, and two answers are two") { scene in
            var submittal = try scene.submittal(to: ["12025550101"])
            submittal.order.reference = "order-7"
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            try await scene.store.insert(batch, messages: messages)
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: scene.claim(), now: .start)
            let first = inbound(scene)
            let second = inbound(scene)
            let charged = inbound(scene)
            let foreign = inbound(scene, owner: .servicePlan("plan2"), to: "12025550100")

            #expect(try await receive(first, linked: "M1", in: scene) != .repeated)
            #expect(try await receive(second, linked: "M1", fingerprint: "transaction 2", in: scene) != .repeated)
            _ = try await receive(charged, linked: "L3", answered: "M1", in: scene)
            _ = try await receive(foreign, linked: "M1", fingerprint: "transaction 3", in: scene)
            _ = try await receive(inbound(scene), linked: "M1", fingerprint: "t4", at: "south", in: scene)

            let references = try await toldInbounds(scene).map(\.reference)
            #expect(references == ["order-7", "order-7", "order-7", nil, nil])
        }
        Promise(
            "without a LinkedID of ours it answers what its number sent last to the handset in three days"
        ) { scene in
            let now = Date.start + .seconds(10 * 86_400)
            func ago(_ hours: Double) -> Date { now + .milliseconds(-Int64(hours * 3_600_000)) }
            try await send("too old", to: "12025550102", at: ago(72.1), in: scene)
            try await send("scheduled early", to: "12025550103", at: ago(140), sentAt: ago(71.9), in: scene)
            try await send("older", at: ago(3), in: scene)
            try await send("newest", at: ago(2), in: scene)
            try await send("to another", to: "12025550104", at: ago(1), in: scene)
            try await send("from another", from: "12025550100", at: ago(1), in: scene)
            try await send("of another", of: .servicePlan("plan2"), at: ago(1), in: scene)
            try await send(nil, to: "12025550104", at: ago(0.5), in: scene)
            // One that has not been sent yet is answered by nobody.
            _ = try await send("later", at: ago(0.1), sentAt: now + .seconds(3600), in: scene)
            let told = now + .seconds(1)

            for (index, handset) in ["12025550101", "12025550102", "12025550103", "12025550104", "12025550105"]
                .enumerated()
            {
                _ = try await receive(
                    inbound(scene, from: handset), linked: "L\(index)", now: now, in: scene)
            }

            #expect(
                try await toldInbounds(scene, now: told).map(\.reference)
                    == ["newest", nil, "scheduled early", nil, nil])
        }
        Promise.each(
            "what may have arrived can be answered, and what the MMSC did not take cannot",
            of: [
                (MessageEvent.answerLost, "order-7" as String?), (.postponed, nil),
                (.refused(.refusedByMMSC), nil),
            ] as [(event: MessageEvent, reference: String?)]
        ) { scene, row in
            var submittal = try scene.submittal(to: ["12025550101"])
            submittal.order.reference = "order-7"
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            try await scene.store.insert(batch, messages: messages)
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            try await scene.store.record(
                SubmissionResult(row.event, dueAt: .start + .seconds(60)), of: scene.claim(), now: .start)

            _ = try await receive(inbound(scene, to: "12025550100"), in: scene)

            #expect(try await toldInbounds(scene).map(\.reference) == [row.reference])
        }
    }
}
