import Doubles
import Foundation
import GatewayCore
import Testing

/// A store has media of inbound messages uploaded before they are told.
enum UploadPromises {
    static let file = Inbound.Medium(Scene.picture, name: "cake.jpg")
    static let uploaded = [Inbound.Medium(contentType: "image/jpeg", url: "https://media.example.net/1")]

    /// Takes an inbound message whose media goes into the bucket of its plan.
    @discardableResult
    static func receive(
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
    static func claims(
        limit: Int = 100, share: UploadRequest.Share = share(), except ongoing: Set<UploadClaim.ID> = [],
        now: Date = .start, in scene: Scene
    ) async throws -> [UploadClaim] {
        let request = UploadRequest(
            limit: limit, share: share, except: ongoing, leaseUntil: now + .seconds(60),
            longestPause: .seconds(600))
        return try await scene.store.claimUploads(request, now: now)
    }

    /// As a caller has it that works on these.
    static func share(
        capacity: Int = 200, workingOn ongoing: [UploadClaim] = []
    ) -> UploadRequest.Share {
        var share = UploadRequest.Share(.uploads, capacity: capacity)
        for claim in ongoing { share.take(for: claim.owner, at: claim.owner) }
        return share
    }

    static func told(_ scene: Scene) async throws -> [Inbound] {
        try await scene.events().compactMap(\.inbound)
    }

    static let all = Promise.list("A store has media of inbound messages uploaded before they are told") {
        Promise("it is listed at once, and told when its uploads have ended") { scene in
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
        Promise("what is recorded first counts") { scene in
            let inbound = try await receive(in: scene)
            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            let failed = Inbound.Medium(contentType: "image/jpeg", url: nil, code: 2)
            try await scene.store.record([failed], of: inbound.id, now: .start)

            #expect(try await told(scene).map(\.media) == [Self.uploaded])
        }
        Promise("what nobody is told of is uploaded all the same") { scene in
            let inbound = try await receive(notifiesOwner: false, in: scene)
            #expect(try await claims(in: scene).map(\.inbound.id) == [inbound.id])

            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            #expect(try await told(scene) == [])
            #expect(try await scene.store.inbound(inbound.id, of: Scene.owner)?.media == Self.uploaded)
        }
        Promise("without a token the gateway keeps the media, and it is told at once") { scene in
            try await receive(token: nil, in: scene)

            #expect(try await told(scene).count == 1)
            #expect(try await claims(in: scene).isEmpty)
        }
        Promise("its media is needed until it was uploaded and told") { scene in
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
        Promise("a message of any age stays until it was uploaded") { scene in
            let inbound = try await receive(notifiesOwner: false, in: scene)
            let limit = Date.start + .seconds(1)

            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 0)
            _ = try await claims(in: scene)
            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 0)

            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)
            #expect(try await scene.store.dropInbounds(receivedBefore: limit, limit: 10) == 1)
        }
    }
}
