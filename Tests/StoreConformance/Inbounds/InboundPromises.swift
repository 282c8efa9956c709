import Doubles
import Foundation
import GatewayCore
import Testing

/// A store takes what handsets send.
enum InboundPromises {
    static let dayLater = Date.start + .seconds(86_400)

    static func inbound(
        _ scene: Scene, owner: Owner? = Scene.owner, from: String = "12025550101", to: String = "54321",
        text: String? = "Hi", media: [Inbound.Medium] = []
    ) -> Inbound {
        Inbound(
            id: scene.id(), owner: owner, from: from, to: to, receivedAt: .start, text: text, media: media,
            otherRecipients: ["12025550188"])
    }

    static func receive(
        _ inbounds: Inbound..., linked: String? = nil, fingerprint: String = "transaction 1", answered: String? = nil,
        notifiesOwner: Bool = true, at mmsc: String = "north", now: Date = .start, in scene: Scene
    ) async throws -> InboundResult {
        try await scene.store.receive(
            InboundDelivery(
                linkedID: linked, transactionID: fingerprint, answeredID: answered,
                copies: inbounds.map { .init($0, notifiesOwner: notifiesOwner) }),
            from: mmsc, now: now)
    }

    static func toldInbounds(_ scene: Scene, now: Date = .start) async throws -> [Inbound] {
        try await scene.events(now: now).compactMap(\.inbound)
    }

    /// What one sends to a handset, the MMSC's answer included.
    static func send(
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

    static let all = Promise.list("A store takes what handsets send") {
        Promise("each copy is kept and told once, with all that is known of it") { scene in
            let media = Inbound.Medium(Scene.picture, name: "cat.jpg")
            let one = inbound(scene, media: [media])
            let other = inbound(scene, owner: .servicePlan("plan2"), to: "12025550100")

            let result = try await receive(one, other, in: scene)

            #expect(result == .taken([one.id, other.id]))
            #expect(await wasRaised(scene.signals.events))
            #expect(try await scene.store.inbound(one.id, of: Scene.owner) == one)
            #expect(try await toldInbounds(scene) == [one, other])
        }
        Promise("of what is nobody's and names no recipient no more is kept than its bound") { scene in
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
        Promise("what nobody is to be told of is kept alone") { scene in
            let one = inbound(scene)
            let nobodys = inbound(scene, owner: nil, to: "99999")

            _ = try await receive(one, notifiesOwner: false, in: scene)
            _ = try await receive(nobodys, fingerprint: "transaction 2", in: scene)

            #expect(try await scene.events().isEmpty)
            #expect(try await scene.store.inbound(one.id, of: Scene.owner) == one)
            #expect(try await scene.store.inbound(nobodys.id, of: Scene.owner) == nil)
        }
        Promise("a telling that fails is tried again, and one that was heard is over") { scene in
            _ = try await receive(inbound(scene), in: scene)
            let event = try #require(try await scene.events().first?.event)
            #expect(event.batch == nil)

            try await scene.store.record(.again(at: .start + .seconds(5), reason: "503"), of: event.id, now: .start)
            #expect(try await scene.events(now: .start + .seconds(5)).map(\.tries) == [1])
            try await scene.store.record(.heard, of: event.id, now: .start + .seconds(5))

            #expect(try await scene.store.nextCallDue() == nil)
        }
        Promise("a plan and an app that share a number get a copy each, once") { scene in
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
        Promise("the sender joins and leaves groups by their words") { scene in
            let sender = try #require(MSISDN("12025550101"))
            let words = Group.AutoUpdate(
                to: "54321", add: .init(first: "JOIN"), remove: .init(first: "leave", second: "now"))
            let group = Group(id: scene.id(), owner: Scene.owner, autoUpdate: words, createdAt: .start)
            let foreign = Group(id: scene.id(), owner: .servicePlan("plan2"), autoUpdate: words, createdAt: .start)
            for each in [group, foreign] { _ = try await scene.store.insert(each, members: [], keeping: nil) }

            for (index, step) in [
                ("Hello join", "54321", []), ("join me", "12025550100", []), ("Join me", "54321", [sender]),
                ("leave", "54321", [sender]), ("LEAVE NOW", "54321", []),
            ].enumerated() {
                _ = try await receive(
                    inbound(scene, to: step.1, text: step.0), fingerprint: "transaction \(index)", in: scene)
                #expect(try await scene.store.members(of: group.id, of: Scene.owner) == step.2, "\(step)")
            }
            #expect(try await scene.store.group(group.id, of: Scene.owner)?.size == 0)
            #expect(try await scene.store.members(of: foreign.id, of: .servicePlan("plan2")) == [])
        }
        Promise("its media is needed until its owner was told") { scene in
            let needs = scene.store
            _ = try await receive(
                inbound(scene, media: [.init(Scene.picture, name: "a"), .init(Scene.picture, name: "b")]), in: scene)
            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])

            for claim in try await scene.events() {
                try await scene.store.record(.heard, of: claim.event.id, now: .start)
            }

            #expect(try await needs.needed(among: [Scene.picture.hash]) == [])
        }
        Promise("its media is needed as long as it is in quarantine") { scene in
            let needs = scene.store
            let kept = Inbound(
                id: scene.id(), owner: nil, from: "12025550101", to: "54321", receivedAt: .start,
                media: [.init(Scene.picture, name: "cat.jpg")])
            let delivery = InboundDelivery(
                linkedID: nil, transactionID: "t", copies: [.init(kept, notifiesOwner: false)])

            _ = try await scene.store.receive(delivery, from: "north", now: .start)

            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])
        }
        Promise("what is old goes in steps, the oldest first; what is still to be told stays") { scene in
            let media = Inbound.Medium(Scene.picture, name: "cat.jpg")
            let ids = (0..<3).map { _ in scene.id() }
            for (index, id) in ids.enumerated() {
                let each = Inbound(
                    id: id, owner: Scene.owner, from: "12025550101", to: "54321",
                    receivedAt: .start + .seconds(index), media: [media])
                _ = try await receive(each, fingerprint: "transaction \(index)", in: scene)
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
