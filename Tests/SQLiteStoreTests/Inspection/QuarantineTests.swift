import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import StoreConformance
import Testing

@testable import SQLStore

@Suite("Unowned messages are given to their owners")
struct QuarantineTests {
    private static let later = Date.start + .seconds(3600)
    private static let app = Owner.app("shop", project: "p1")

    /// A message from a handset to `54321`.
    private func inbound(_ scene: Scene, of owner: Owner? = nil, text: String? = nil) -> Inbound {
        Inbound(
            id: scene.id(), owner: owner, from: "12025550101", to: "54321", receivedAt: .start, text: text,
            media: [Inbound.Medium(Scene.picture, name: "cat.jpg")])
    }

    private func receive(_ inbounds: [Inbound], in scene: Scene, fingerprint: String = "t") async throws {
        _ = try await scene.store.receive(
            InboundDelivery(
                linkedID: nil, transactionID: fingerprint,
                copies: inbounds.map { .init($0, notifiesOwner: false, isUnread: $0.owner == Self.app) }),
            from: "north", now: .start)
    }

    /// With the store open, as by a gateway that runs, or closed.
    private func withStore(_ body: (Scene, _ folder: String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let signals = WorkSignals()
            let store = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            try await body(Scene(store: store, signals: signals), folder)
            await store.close()
        }
    }

    private func release(_ inbound: Inbound, to owners: [Owner], in folder: String, scene: Scene) async throws -> Bool {
        let quarantine = try await SQLiteStore.openQuarantine(directory: folder)
        let copies = owners.enumerated().map { index, owner in
            InboundDelivery.Copy(
                inbound.given(to: owner, as: index == 0 ? inbound.id : scene.id()), notifiesOwner: owner == Scene.owner)
        }
        let released = try await quarantine.release([.init(inbound.id, as: copies)], now: Self.later)
        await quarantine.close()
        return released == [inbound.id]
    }

    @Test("its owners get a copy each beside a running gateway, and those with an address are notified")
    func released() async throws {
        try await withStore { scene, folder in
            let kept = inbound(scene)
            try await receive([kept], in: scene)

            #expect(try await release(kept, to: [Scene.owner, Self.app], in: folder, scene: scene))

            #expect(try await scene.store.inbound(kept.id, of: Scene.owner) == kept.given(to: Scene.owner, as: kept.id))
            let told = try await scene.events(now: Self.later).map(\.inbound?.id)
            #expect(told == [kept.id])
            let needs = scene.store
            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])
            let filter = InboundFilter(from: .start)
            let copies = try await scene.store.inbounds(of: Self.app, matching: filter, page: Page()).elements
            #expect(copies.map(\.media) == [kept.media])
            #expect(copies.map(\.id) != [kept.id])
            // What the MMSC repeats is still known.
            let again = InboundDelivery(
                linkedID: nil, transactionID: "t", copies: [.init(inbound(scene, of: Scene.owner), notifiesOwner: true)]
            )
            #expect(try await scene.store.receive(again, from: "north", now: Self.later) == .repeated)
        }
    }

    @Test("it is released once, and what has an owner is not")
    func once() async throws {
        try await withStore { scene, folder in
            let kept = inbound(scene)
            let owned = inbound(scene, of: Self.app)
            try await receive([kept], in: scene)
            try await receive([owned], in: scene, fingerprint: "other")

            #expect(try await release(kept, to: [Scene.owner], in: folder, scene: scene))
            #expect(try await !release(kept, to: [Self.app], in: folder, scene: scene))
            #expect(try await !release(owned, to: [Scene.owner], in: folder, scene: scene))
            #expect(try await !release(inbound(scene), to: [Scene.owner], in: folder, scene: scene))

            #expect(try await scene.events(now: Self.later).count == 1)
            #expect(try await scene.store.inbound(owned.id, of: Self.app) == owned)
        }
    }

    @Test("words act on the owner's groups, and it has the reference of what it answers")
    func consequences() async throws {
        try await withStore { scene, folder in
            var submittal = try scene.submittal(to: ["12025550101"])
            submittal.order.originator = try #require(Originator("54321"))
            submittal.order.reference = "order-7"
            let (batch, messages) = submittal.accepted(now: .start, expansion: scene.expansion)
            try await scene.store.insert(batch, messages: messages)
            try await scene.store.recordMedia(Scene.picture, for: batch.id, now: .start)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: scene.claim(), now: .start)
            // What went to the handset while the message lay here is nothing that it answers.
            submittal.order.reference = "order-9"
            let (next, more) = submittal.accepted(now: .start + .seconds(60), expansion: scene.expansion)
            try await scene.store.insert(next, messages: more)
            try await scene.store.recordMedia(Scene.picture, for: next.id, now: .start + .seconds(60))
            let claim = try await scene.claim(now: .start + .seconds(60))
            try await scene.store.record(
                SubmissionResult(.accepted(messageID: "M2")), of: claim, now: .start + .seconds(60))
            let words = Group.AutoUpdate(to: "54321", add: .init(first: "JOIN"))
            let group = Group(id: scene.id(), owner: Scene.owner, autoUpdate: words, createdAt: .start)
            _ = try await scene.store.insert(group, members: [], keeping: nil)
            let kept = inbound(scene, text: "join")
            try await receive([kept], in: scene)

            #expect(try await release(kept, to: [Scene.owner], in: folder, scene: scene))

            #expect(try await scene.store.members(of: group.id, of: Scene.owner)?.map(\.digits) == ["12025550101"])
            #expect(try await scene.store.inbound(kept.id, of: Scene.owner)?.reference == "order-7")
        }
    }

    @Test("what is unowned is listed oldest first, and what apps have is counted and found")
    func listed() async throws {
        try await withStore { scene, folder in
            let kept = [inbound(scene), inbound(scene)]
            let owned = inbound(scene, of: Self.app)
            for (index, each) in (kept + [owned]).enumerated() {
                try await receive([each], in: scene, fingerprint: "\(index)")
            }
            let inspection = try await SQLiteStore.openForReading(directory: folder)

            let (stories, count) = try await inspection.quarantined(limit: 1)
            #expect(count == 2)
            #expect(stories.map(\.inbound) == [kept[0]])
            #expect(stories.map(\.mmsc) == ["north"])
            let overview = try await inspection.overview()
            #expect(overview.quarantined == 2)
            #expect(overview.inboundsOfApps.map(\.owner) == [Self.app])
            #expect(overview.inboundsOfApps.map(\.count) == [1])
            for name in ["\(owned.id)", "p1/shop"] {
                let found = try await inspection.inbounds(named: name)
                #expect(found.count == 1)
                #expect(found.stories.map(\.inbound) == [owned])
            }
            #expect(try await inspection.inbounds(named: "p2/shop").count == 0)
            await inspection.close()
        }
    }
}
