import Doubles
import Foundation
import GatewayCore
import Testing

@Suite("A store takes what handsets send")
struct InboundConformance {
    private static let dayLater = Date.start + .seconds(86_400)

    private func inbound(
        _ scene: Scene, owner: Owner? = Scene.owner, from: String = "12025550101", to: String = "54321",
        text: String? = "Hi", media: [Inbound.Medium] = []
    ) -> Inbound {
        Inbound(
            id: scene.id(), owner: owner, from: from, to: to, receivedAt: .start, text: text, media: media,
            otherRecipients: ["12025550188"])
    }

    private func receive(
        _ inbounds: Inbound..., linked: String? = nil, fingerprint: String = "transaction 1", answered: String? = nil,
        notifiesOwner: Bool = true, at mmsc: String = "north", now: Date = .start, in scene: Scene
    ) async throws -> InboundResult {
        try await scene.store.receive(
            InboundDelivery(
                linkedID: linked, transactionID: fingerprint, answeredID: answered,
                copies: inbounds.map { .init($0, notifiesOwner: notifiesOwner) }),
            from: mmsc, now: now)
    }

    private func toldInbounds(_ scene: Scene, now: Date = .start) async throws -> [Inbound] {
        try await scene.events(now: now).compactMap(\.inbound)
    }

    @Test("each copy is kept and told once, with all that is known of it", arguments: Implementation.all)
    func taken(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let media = Inbound.Medium(Scene.picture, name: "cat.jpg")
            let one = inbound(scene, media: [media])
            let other = inbound(scene, owner: .servicePlan("plan2"), to: "12025550100")

            let result = try await receive(one, other, in: scene)

            #expect(result == .taken([one.id, other.id]))
            #expect(await wasRaised(scene.signals.events))
            #expect(try await scene.store.inbound(one.id, of: Scene.owner) == one)
            #expect(try await toldInbounds(scene) == [one, other])
        }
    }

    @Test("of what is nobody's and names no recipient no more is kept than its bound", arguments: Implementation.all)
    func bounded(_ implementation: Implementation) async throws {
        try await implementation { scene in
            func kept(_ content: String) async throws -> InboundResult {
                let post = inbound(scene, owner: nil, from: "", to: "")
                let delivery = InboundDelivery(
                    linkedID: nil, transactionID: nil, fingerprint: content,
                    copies: [.init(post, notifiesOwner: false)],
                    unownedLimit: 2)
                return try await scene.store.receive(delivery, from: "north", now: .start)
            }
            _ = try await receive(inbound(scene, owner: nil, to: "99999"), in: scene)

            _ = try await kept("one")
            let second = try await kept("two")
            #expect(second != .full && second != .repeated)
            #expect(try await !scene.store.hasRoomForUnowned(upTo: 2))
            #expect(try await scene.store.hasRoomForUnowned(upTo: 3))
            #expect(try await kept("three") == .full)
            #expect(try await kept("two") == .repeated)
        }
    }

    @Test("what nobody is to be told of is kept alone", arguments: Implementation.all)
    func untold(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let one = inbound(scene)
            let nobodys = inbound(scene, owner: nil, to: "99999")

            _ = try await receive(one, notifiesOwner: false, in: scene)
            _ = try await receive(nobodys, fingerprint: "transaction 2", in: scene)

            #expect(try await scene.events().isEmpty)
            #expect(try await scene.store.inbound(one.id, of: Scene.owner) == one)
            #expect(try await scene.store.inbound(nobodys.id, of: Scene.owner) == nil)
        }
    }

    @Test("a telling that fails is tried again, and one that was heard is over", arguments: Implementation.all)
    func retried(_ implementation: Implementation) async throws {
        try await implementation { scene in
            _ = try await receive(inbound(scene), in: scene)
            let event = try #require(try await scene.events().first?.event)
            #expect(event.batch == nil)

            try await scene.store.record(.again(at: .start + .seconds(5), reason: "503"), of: event.id, now: .start)
            #expect(try await scene.events(now: .start + .seconds(5)).map(\.tries) == [1])
            try await scene.store.record(.heard, of: event.id, now: .start + .seconds(5))

            #expect(try await scene.store.nextCallDue() == nil)
        }
    }

    @Test(
        "a repetition is known for a day, by its LinkedID before all else", arguments: Implementation.all,
        [
            ("L1" as String?, "transaction 2", "north", Date.start + .seconds(60), true),
            ("L2", "transaction 1", "north", .start, false),
            (nil, "transaction 1", "north", .start, false),
            ("L1", "transaction 1", "south", .start, false),
            ("L1", "transaction 1", "north", dayLater, false),
        ])
    func repeated(
        _ implementation: Implementation, _ row: (String?, String, String, now: Date, isRepeated: Bool)
    ) async throws {
        try await implementation { scene in
            _ = try await receive(inbound(scene), linked: "L1", in: scene)

            let result = try await receive(
                inbound(scene), linked: row.0, fingerprint: row.1, at: row.2, now: row.now, in: scene)

            #expect((result == .repeated) == row.isRepeated)
            #expect(try await toldInbounds(scene, now: row.now).count == (row.isRepeated ? 1 : 2))
        }
    }

    @Test("without a LinkedID the fingerprint knows it again", arguments: Implementation.all)
    func fingerprint(_ implementation: Implementation) async throws {
        try await implementation { scene in
            _ = try await receive(inbound(scene), in: scene)

            #expect(try await receive(inbound(scene), in: scene) == .repeated)
            #expect(try await receive(inbound(scene), fingerprint: "transaction 2", in: scene) != .repeated)
        }
    }

    @Test(
        "another message under the same identifier is taken, and said to be so", arguments: Implementation.all,
        ["L1" as String?, nil])
    func reused(_ implementation: Implementation, linkedID: String?) async throws {
        try await implementation { scene in
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
    }

    @Test("a LinkedID that is a MessageID of ours to somebody else is the MMSC's own", arguments: Implementation.all)
    func foreignMessageID(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    }

    @Test("a plan and an app that share a number get a copy each, once", arguments: Implementation.all)
    func sharedNumber(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let app = Owner.app("shop", project: "p1")
            let plans = inbound(scene)
            let apps = inbound(scene, owner: app)

            #expect(try await receive(plans, apps, linked: "L1", in: scene) == .taken([plans.id, apps.id]))
            #expect(try await receive(plans, apps, linked: "L1", in: scene) == .repeated)

            #expect(try await scene.store.inbound(apps.id, of: app) == apps)
            #expect(try await scene.store.inbound(apps.id, of: .app("shop", project: "p2")) == nil)
            let list = try await scene.store.inbounds(of: app, matching: InboundFilter(from: .start), page: Page())
            #expect(list.elements == [apps])
        }
    }

    @Test("a copy to another number under the same LinkedID is no repetition", arguments: Implementation.all)
    func otherNumber(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let one = inbound(scene)
            let other = inbound(scene, to: "12025550100")
            _ = try await receive(one, linked: "L1", in: scene)

            #expect(try await receive(one, other, linked: "L1", in: scene) == .taken([other.id]))
        }
    }

    @Test(
        "an answer has the reference of the message it answers, and two answers are two", arguments: Implementation.all)
    func reference(_ implementation: Implementation) async throws {
        try await implementation { scene in
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
    }

    /// What one sends to a handset, the MMSC's answer included.
    private func send(
        _ reference: String?, to handset: String = "12025550101", from number: String = "54321",
        of owner: Owner = Scene.owner, at now: Date, sentAt: Date? = nil, in scene: Scene
    ) async throws {
        var submittal = try scene.submittal(to: [handset], of: owner)
        submittal.order.originator = try #require(Originator(number))
        submittal.order.reference = reference
        submittal.order.sendAt = sentAt
        submittal.order.expireAt = Order.defaultEnd(sendAt: sentAt, now: now)
        let (batch, messages) = submittal.accepted(now: now, expansion: scene.expansion)
        try await scene.store.insert(batch, messages: messages)
        let sentAt = sentAt ?? now
        try await scene.store.recordMedia(Scene.picture, for: batch.id, now: sentAt)
        guard let claim = try await scene.claims(now: sentAt).first else { return }
        try await scene.store.record(SubmissionResult(.accepted(messageID: "M-\(batch.id)")), of: claim, now: sentAt)
    }

    @Test(
        "without a LinkedID of ours it answers what its number sent last to the handset in three days",
        arguments: Implementation.all)
    func conversation(_ implementation: Implementation) async throws {
        try await implementation { scene in
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

            for (place, handset) in ["12025550101", "12025550102", "12025550103", "12025550104", "12025550105"]
                .enumerated()
            {
                _ = try await receive(
                    inbound(scene, from: handset), linked: "L\(place)", now: now, in: scene)
            }

            #expect(
                try await toldInbounds(scene, now: told).map(\.reference)
                    == ["newest", nil, "scheduled early", nil, nil])
        }
    }

    @Test(
        "what may have arrived can be answered, and what the MMSC did not take cannot", arguments: Implementation.all,
        [
            (MessageEvent.answerLost, "order-7" as String?), (.postponed, nil),
            (.refused(.refusedByMMSC), nil),
        ])
    func doubtful(_ implementation: Implementation, _ row: (event: MessageEvent, reference: String?)) async throws {
        try await implementation { scene in
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

    @Test("the sender joins and leaves groups by their words", arguments: Implementation.all)
    func groups(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let sender = try #require(MSISDN("12025550101"))
            let words = Group.AutoUpdate(
                to: "54321", add: .init(first: "JOIN"), remove: .init(first: "leave", second: "now"))
            let group = Group(id: scene.id(), owner: Scene.owner, autoUpdate: words, createdAt: .start)
            let foreign = Group(id: scene.id(), owner: .servicePlan("plan2"), autoUpdate: words, createdAt: .start)
            for each in [group, foreign] { _ = try await scene.store.insert(each, members: [], keeping: nil) }

            for (place, step) in [
                ("Hello join", "54321", []), ("join me", "12025550100", []), ("Join me", "54321", [sender]),
                ("leave", "54321", [sender]), ("LEAVE NOW", "54321", []),
            ].enumerated() {
                _ = try await receive(
                    inbound(scene, to: step.1, text: step.0), fingerprint: "transaction \(place)", in: scene)
                #expect(try await scene.store.members(of: group.id, of: Scene.owner) == step.2, "\(step)")
            }
            #expect(try await scene.store.group(group.id, of: Scene.owner)?.size == 0)
            #expect(try await scene.store.members(of: foreign.id, of: .servicePlan("plan2")) == [])
        }
    }

    @Test("its media is needed until its owner was told", arguments: Implementation.all)
    func needed(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let needs = scene.store
            _ = try await receive(
                inbound(scene, media: [.init(Scene.picture, name: "a"), .init(Scene.picture, name: "b")]), in: scene)
            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])

            for claim in try await scene.events() {
                try await scene.store.record(.heard, of: claim.event.id, now: .start)
            }

            #expect(try await needs.needed(among: [Scene.picture.hash]) == [])
        }
    }

    @Test("its media is needed as long as it is in quarantine", arguments: Implementation.all)
    func neededInQuarantine(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let needs = scene.store
            let kept = Inbound(
                id: scene.id(), owner: nil, from: "12025550101", to: "54321", receivedAt: .start,
                media: [.init(Scene.picture, name: "cat.jpg")])
            let delivery = InboundDelivery(
                linkedID: nil, transactionID: "t", copies: [.init(kept, notifiesOwner: false)])

            _ = try await scene.store.receive(delivery, from: "north", now: .start)

            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])
        }
    }

    @Test("what is old goes in steps, the oldest first; what is still to be told stays", arguments: Implementation.all)
    func dropped(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let media = Inbound.Medium(Scene.picture, name: "cat.jpg")
            let ids = (0..<3).map { _ in scene.id() }
            for (place, id) in ids.enumerated() {
                let each = Inbound(
                    id: id, owner: Scene.owner, from: "12025550101", to: "54321",
                    receivedAt: .start + .seconds(place), media: [media])
                _ = try await receive(each, fingerprint: "transaction \(place)", in: scene)
            }
            #expect(try await scene.store.dropInbounds(receivedBefore: .start + .seconds(9), limit: 10) == 0)
            for claim in try await scene.events() where claim.inbound?.id != ids[1] {
                try await scene.store.record(.heard, of: claim.event.id, now: .start)
            }
            let limit = Date.start + .seconds(9)

            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 1) == 1)
            #expect(try await scene.store.inbound(ids[0], of: Scene.owner) == nil)
            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 1)
            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 0)

            #expect(try await scene.store.inbound(ids[2], of: Scene.owner) == nil)
            #expect(try await scene.store.inbound(ids[1], of: Scene.owner) != nil)
        }
    }
}
