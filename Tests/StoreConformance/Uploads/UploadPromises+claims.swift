import Doubles
import Foundation
import GatewayCore
import Testing

/// Claims of uploads, and their ends.
extension UploadPromises {
    static let claims = Promise.list("A store gives out media of inbound messages to be uploaded") {
        Promise("a claim is given again after its lease, and never while it is going on") { scene in
            try await receive(in: scene)
            let claim = try #require(try await claims(in: scene).first)

            #expect(try await claims(now: .start + .seconds(59), in: scene).isEmpty)
            #expect(try await claims(except: [claim.id], now: .start + .seconds(3600), in: scene).isEmpty)
            let again = try await claims(now: .start + .seconds(60), in: scene)

            #expect(again.map(\.token) == [claim.token])
        }
        Promise("a clock that is set back holds up nothing that is new") { scene in
            try await receive(in: scene)

            #expect(try await claims(now: .start + .seconds(-86_400), in: scene).count == 1)
        }
        Promise("a clock that is set back holds up a claim for no longer than its lease") { scene in
            try await receive(in: scene)
            _ = try await claims(in: scene)
            let back = Date.start + .seconds(-86_400)

            #expect(try await claims(now: back, in: scene).isEmpty)
            #expect(try await claims(now: back + .seconds(60), in: scene).count == 1)
        }
        Promise("what is postponed is not claimed before its time, and then has what became of its files") { scene in
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
        Promise("what is told or gone is not postponed") { scene in
            let inbound = try await receive(in: scene)
            try await scene.store.record(Self.uploaded, of: inbound.id, now: .start)

            try await scene.store.postponeUploads(of: inbound.id, media: [Self.file], until: .start)

            #expect(try await scene.store.inbound(inbound.id, of: Scene.owner)?.media == Self.uploaded)
            #expect(try await claims(now: .start + .seconds(600), in: scene).isEmpty)
        }
        Promise("a clock that is set back holds up what is postponed for no longer than the longest pause") { scene in
            let inbound = try await receive(in: scene)
            _ = try await claims(in: scene)
            try await scene.store.postponeUploads(
                of: inbound.id, media: [Self.file], until: .start + .seconds(600))
            let back = Date.start + .seconds(-86_400)

            #expect(try await claims(now: back, in: scene).isEmpty)
            #expect(try await claims(now: back + .seconds(599), in: scene).isEmpty)
            #expect(try await claims(now: back + .seconds(600), in: scene).count == 1)
        }
        Promise(
            "a customer whose storage did not answer has one at a time until it does, then more; the others have theirs"
        ) { scene in
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
        Promise("customers take turns, the one with the fewest going on first") { scene in
            var ids: [Inbound.ID: String] = [:]
            for (index, plan) in ["a", "a", "a", "a", "b", "b"].enumerated() {
                ids[try await receive(of: plan, in: scene).id] = "\(plan)\(index)"
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
        Promise("the signal of uploads is raised for what is new, and at a start for what was going on") { scene in
            let inbound = try await receive(in: scene)
            let token = try await claims(in: scene).first?.token

            let next = try await scene.reopened()
            await next.signals.uploads.wait(until: .distantFuture, clock: SteadyClock())

            let again = try await claims(in: next)
            #expect(again.map(\.inbound.id) == [inbound.id] && again.first?.token == token)
            await next.store.close()
        }
        Promise("a start ends every pause, and one that was cut short does not count") { scene in
            let inbound = try await receive(in: scene)
            _ = try await claims(in: scene)
            try await scene.store.postponeUploads(of: inbound.id, media: uploaded, until: .start + .seconds(30))
            _ = try await claims(now: .start + .seconds(30), in: scene)
            try await scene.store.postponeUploads(of: inbound.id, media: uploaded, until: .start + .seconds(150))

            let next = try await scene.reopened()
            await next.signals.uploads.wait(until: .distantFuture, clock: SteadyClock())

            let again = try await claims(now: .start + .seconds(31), in: next)
            #expect(again.map(\.inbound.id) == [inbound.id])
            #expect(again.first?.tries == 1 && again.first?.inbound.media == uploaded)
            await next.store.close()
        }
    }
}
