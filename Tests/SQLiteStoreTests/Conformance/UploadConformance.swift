import Doubles
import Foundation
import GatewayCore
import SQLiteStore
import Testing

@Suite("A store has media of inbound messages uploaded before they are told")
struct UploadConformance {
    private static let file = Inbound.Medium(Scene.picture, name: "cake.jpg")
    private static let uploaded = [Inbound.Medium(contentType: "image/jpeg", url: "https://media.example.net/1")]

    /// Takes an inbound message whose media goes into the bucket of its plan.
    @discardableResult
    private func receive(
        of plan: String = "plan1", notifiesOwner: Bool = true, token: UploadToken? = .random(), in scene: Scene
    ) async throws -> Inbound {
        let inbound = Inbound(
            id: scene.id(), owner: .servicePlan(plan), from: "12025550101", to: "54321", receivedAt: .start,
            media: [Self.file])
        _ = try await scene.store.receive(
            InboundDelivery(
                linkedID: nil, transactionID: "\(inbound.id)",
                copies: [.init(inbound, notifiesOwner: notifiesOwner, uploadToken: token)]),
            from: "north", now: .start)
        return inbound
    }

    /// Claims for a minute. Ten minutes are the longest pause.
    private func claims(
        limit: Int = 100, share: UploadRequest.Share = share(), except ongoing: Set<UploadClaim.ID> = [],
        now: Date = .start, in scene: Scene
    ) async throws -> [UploadClaim] {
        let request = UploadRequest(
            limit: limit, share: share, except: ongoing, leaseUntil: now + .seconds(60),
            longestPause: .seconds(600))
        return try await scene.store.claimUploads(request, now: now)
    }

    /// As a caller has it that works on these.
    private static func share(
        capacity: Int = 200, workingOn ongoing: [UploadClaim] = []
    ) -> UploadRequest.Share {
        var share = UploadRequest.Share(.uploads, capacity: capacity)
        for claim in ongoing { share.take(for: claim.owner, at: claim.owner) }
        return share
    }

    private func told(_ scene: Scene) async throws -> [Inbound] {
        try await scene.events().compactMap(\.inbound)
    }

    @Test("it is listed at once, and told when its uploads have ended", arguments: Implementation.all)
    func told(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let token = UploadToken.random()
            let inbound = try await receive(token: token, in: scene)

            #expect(try await scene.store.inbound(inbound.id, of: Scene.owner)?.media == [Self.file])
            #expect(try await told(scene) == [])
            let claim = try #require(try await claims(in: scene).first)
            #expect(claim.inbound == inbound && claim.owner == Scene.owner && claim.token == token)
            #expect(try await told(scene) == [])
            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            #expect(try await told(scene).map(\.media) == [Self.uploaded])
            #expect(try await scene.store.inbound(inbound.id, of: Scene.owner)?.media == Self.uploaded)
            #expect(try await claims(now: .start + .seconds(600), in: scene).isEmpty)
        }
    }

    @Test("what is recorded first counts", arguments: Implementation.all)
    func recordedOnce(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inbound = try await receive(in: scene)
            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            let failed = Inbound.Medium(contentType: "image/jpeg", url: nil, code: 2)
            try await scene.store.record([failed], of: inbound.id, now: .start)

            #expect(try await told(scene).map(\.media) == [Self.uploaded])
        }
    }

    @Test("what nobody is told of is uploaded all the same", arguments: Implementation.all)
    func untold(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inbound = try await receive(notifiesOwner: false, in: scene)
            #expect(try await claims(in: scene).map(\.inbound.id) == [inbound.id])

            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            #expect(try await told(scene) == [])
            #expect(try await scene.store.inbound(inbound.id, of: Scene.owner)?.media == Self.uploaded)
        }
    }

    @Test("without a token the gateway keeps the media, and it is told at once", arguments: Implementation.all)
    func kept(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await receive(token: nil, in: scene)

            #expect(try await told(scene).count == 1)
            #expect(try await claims(in: scene).isEmpty)
        }
    }

    @Test("a claim is given again after its lease, and never while it is going on", arguments: Implementation.all)
    func lease(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await receive(in: scene)
            let claim = try #require(try await claims(in: scene).first)

            #expect(try await claims(now: .start + .seconds(59), in: scene).isEmpty)
            #expect(try await claims(except: [claim.id], now: .start + .seconds(3600), in: scene).isEmpty)
            let again = try await claims(now: .start + .seconds(60), in: scene)

            #expect(again.map(\.token) == [claim.token])
        }
    }

    @Test("a clock that is set back holds up nothing that is new", arguments: Implementation.all)
    func clock(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await receive(in: scene)

            #expect(try await claims(now: .start + .seconds(-86_400), in: scene).count == 1)
        }
    }

    @Test("a clock that is set back holds up a claim for no longer than its lease", arguments: Implementation.all)
    func clockOfLeases(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await receive(in: scene)
            _ = try await claims(in: scene)
            let back = Date.start + .seconds(-86_400)

            #expect(try await claims(now: back, in: scene).isEmpty)
            #expect(try await claims(now: back + .seconds(60), in: scene).count == 1)
        }
    }

    @Test(
        "what is postponed is not claimed before its time, and then has what became of its files",
        arguments: Implementation.all)
    func postponed(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inbound = try await receive(in: scene)
            let claim = try #require(try await claims(in: scene).first)
            #expect(claim.tries == 0)

            try await scene.store.postponeUploads(
                of: inbound.id, media: Self.uploaded, until: .start + .seconds(30))

            #expect(try await scene.store.nextUploadDue() == .start + .seconds(30))
            #expect(try await claims(now: .start + .seconds(29), in: scene).isEmpty)
            #expect(try await told(scene) == [])
            let again = try #require(try await claims(now: .start + .seconds(30), in: scene).first)
            #expect(try await scene.store.nextUploadDue() == nil)
            #expect(again.tries == 1 && again.token == claim.token && again.inbound.media == Self.uploaded)
            #expect(try await claims(now: .start + .seconds(31), in: scene).isEmpty)
            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)
            #expect(try await told(scene).map(\.media) == [Self.uploaded])
        }
    }

    @Test("what is told or gone is not postponed", arguments: Implementation.all)
    func postponedTooLate(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inbound = try await receive(in: scene)
            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            try await scene.store.postponeUploads(of: inbound.id, media: [Self.file], until: .start)

            #expect(try await scene.store.inbound(inbound.id, of: Scene.owner)?.media == Self.uploaded)
            #expect(try await claims(now: .start + .seconds(600), in: scene).isEmpty)
        }
    }

    @Test(
        "a clock that is set back holds up what is postponed for no longer than the longest pause",
        arguments: Implementation.all)
    func clockOfPauses(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inbound = try await receive(in: scene)
            _ = try await claims(in: scene)
            try await scene.store.postponeUploads(
                of: inbound.id, media: [Self.file], until: .start + .seconds(600))
            let back = Date.start + .seconds(-86_400)

            #expect(try await claims(now: back, in: scene).isEmpty)
            #expect(try await claims(now: back + .seconds(599), in: scene).isEmpty)
            #expect(try await claims(now: back + .seconds(600), in: scene).count == 1)
        }
    }

    @Test(
        "a customer whose storage did not answer has one at a time until it does, then more; the others have theirs",
        arguments: Implementation.all)
    func timedOut(_ implementation: Implementation) async throws {
        try await implementation { scene in
            for plan in ["a", "a", "a", "a", "b", "b"] { try await receive(of: plan, in: scene) }
            let (a, b) = (Owner.servicePlan("a"), Owner.servicePlan("b"))
            var share = Self.share()
            share.take(for: a, at: a)
            share.giveBack(of: a, at: a, after: .timedOut)

            let first = try await claims(share: share, in: scene)
            #expect(first.map(\.owner) == [a, b, b])
            for claim in first { share.take(for: claim.owner, at: claim.owner) }
            #expect(try await claims(share: share, except: Set(first.map(\.id)), in: scene).isEmpty)
            share.giveBack(of: a, at: a, after: .answered)
            #expect(try await claims(share: share, except: Set(first.map(\.id)), in: scene).map(\.owner) == [a, a])
        }
    }

    @Test("customers take turns, the one with the fewest going on first", arguments: Implementation.all)
    func turns(_ implementation: Implementation) async throws {
        try await implementation { scene in
            var ids: [Inbound.ID: String] = [:]
            for (place, plan) in ["a", "a", "a", "a", "b", "b"].enumerated() {
                ids[try await receive(of: plan, in: scene).id] = "\(plan)\(place)"
            }
            func names(_ claims: [UploadClaim]) -> [String?] { claims.map { ids[$0.inbound.id] } }

            let first = try await claims(limit: 1, in: scene)
            #expect(names(first) == ["a0"])
            func next(limit: Int = 100, capacity: Int = 200, after going: [UploadClaim]) async throws -> [UploadClaim] {
                let share = Self.share(capacity: capacity, workingOn: going)
                return try await claims(limit: limit, share: share, except: Set(going.map(\.id)), in: scene)
            }
            let second = try await next(limit: 1, after: first)
            #expect(names(second) == ["b4"])
            let third = try await next(limit: 1, after: first + second)
            #expect(names(third) == ["a1"])
            let going = first + second + third
            #expect(try await next(capacity: 3, after: going).isEmpty)
            #expect(names(try await next(capacity: 4, after: going)) == ["b5"])
            #expect(names(try await next(capacity: 6, after: going)) == ["a2"])
        }
    }

    @Test("its media is needed until it was uploaded and told", arguments: Implementation.all)
    func needed(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let needs = scene.store
            let inbound = try await receive(notifiesOwner: false, in: scene)
            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])
            _ = try await claims(in: scene)
            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])
            try await scene.store.postponeUploads(
                of: inbound.id, media: [Self.file], until: .start + .seconds(600))
            #expect(try await needs.needed(among: [Scene.picture.hash]) == [Scene.picture.hash])

            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            #expect(try await needs.needed(among: [Scene.picture.hash]) == [])
        }
    }

    @Test("a message of any age stays until it was uploaded", arguments: Implementation.all)
    func dropped(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let inbound = try await receive(notifiesOwner: false, in: scene)
            let limit = Date.start + .seconds(1)

            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 0)
            _ = try await claims(in: scene)
            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 0)

            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)
            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 1)
        }
    }

    @Test("the signal of uploads is raised for what is new, and at a start for what was going on")
    func restart() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            let first = Scene(store: store, signals: WorkSignals())
            let inbound = try await receive(in: first)
            let token = try await claims(in: first).first?.token
            await store.close()

            let signals = WorkSignals()
            let next = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            await signals.uploads.wait(until: .distantFuture, clock: SteadyClock())

            let again = try await claims(in: Scene(store: next, signals: signals))
            #expect(again.map(\.inbound.id) == [inbound.id] && again.first?.token == token)
            await next.close()
        }
    }

    @Test("a start ends every pause, and one that was cut short does not count")
    func restartInPause() async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore.open(directory: folder, signals: WorkSignals(), now: .start)
            let first = Scene(store: store, signals: WorkSignals())
            let inbound = try await receive(in: first)
            _ = try await claims(in: first)
            try await store.postponeUploads(of: inbound.id, media: Self.uploaded, until: .start + .seconds(30))
            _ = try await claims(now: .start + .seconds(30), in: first)
            try await store.postponeUploads(of: inbound.id, media: Self.uploaded, until: .start + .seconds(150))
            await store.close()

            let signals = WorkSignals()
            let next = try await SQLiteStore.open(directory: folder, signals: signals, now: .start)
            await signals.uploads.wait(until: .distantFuture, clock: SteadyClock())

            let again = try await claims(now: .start + .seconds(31), in: Scene(store: next, signals: signals))
            #expect(again.map(\.inbound.id) == [inbound.id])
            #expect(again.first?.tries == 1 && again.first?.inbound.media == Self.uploaded)
            await next.close()
        }
    }
}
