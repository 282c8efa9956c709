import Doubles
import Foundation
import GatewayCore
import Testing

/// A store gives events out in turns, those of a message in their order.
enum EventTurnPromises {
    private static let later = Date.start + .seconds(100)
    private static let (greedy, other) = (Owner.servicePlan("plan1"), Owner.servicePlan("plan2"))

    private static func place(of claim: CallClaim) -> String {
        guard case .servicePlan(let name) = claim.event.owner else { return "" }
        return "\(name) \(claim.target)"
    }

    /// A batch that has ended, which its owner wants to hear.
    private static func end(of owner: Owner, calling url: String?, in scene: Scene) async throws {
        var submittal = try scene.submittal(to: ["99900000000"], of: owner, interest: .endSummary)
        submittal.order.callbackURL = url
        let (batch, messages) = submittal.accepted(
            now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))
        try await scene.store.insert(batch, messages: messages)
    }

    static let all = Promise.list("A store gives events out in turns, those of a message in their order") {
        Promise("an event waits while one of its message before it is still to be told") { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let dispatched = try #require(try await scene.events().first?.event)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            #expect(try await scene.events().isEmpty)
            try await scene.store.record(.again(at: Self.later, reason: "503"), of: dispatched.id, now: .start)
            #expect(try await scene.events().isEmpty)
            #expect(try await scene.events(now: Self.later).map(\.event.id) == [dispatched.id])
            try await scene.store.record(.heard, of: dispatched.id, now: Self.later)

            let delivered = try #require(try await scene.events(now: Self.later).first?.event)
            #expect(delivered.id > dispatched.id)
            // A record that comes twice lets nothing go before its time.
            try await scene.store.record(.heard, of: dispatched.id, now: Self.later)
            #expect(try await scene.events(now: Self.later).isEmpty)
        }
        Promise("an event that was given up makes way for the next of its message") { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let dispatched = try #require(try await scene.events().first?.event)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            try await scene.store.record(.givenUp(reason: "HTTP 410"), of: dispatched.id, now: .start)

            #expect(try await scene.toldStates() == [.delivered])
        }
        Promise("owners take turns, and a server has as many as it is trusted with") { scene in
            let (greedy, modest) = (Owner.servicePlan("plan1"), Owner.servicePlan("plan2"))
            for _ in 1...5 { try await end(of: greedy, calling: "http://Hangs.example:80/a?b", in: scene) }
            for _ in 1...2 { try await end(of: greedy, calling: "http://u@works.example/", in: scene) }
            for _ in 1...3 { try await end(of: modest, calling: nil, in: scene) }
            var share = CallRequest.Share(.webhookCalls, capacity: 8)
            share.take(for: greedy, at: "http://hangs.example:80")
            share.giveBack(of: greedy, at: "http://hangs.example:80", after: .timedOut)

            let first = try await scene.claims(share)

            #expect(
                first.map(Self.place).sorted() == [
                    "plan1 http://hangs.example:80", "plan1 http://works.example:80", "plan1 http://works.example:80",
                    "plan2 ",
                    "plan2 ", "plan2 ",
                ])
            for claim in first { share.take(for: claim.event.owner, at: claim.target) }
            #expect(try await scene.claims(share).isEmpty)
            share.giveBack(of: greedy, at: "http://hangs.example:80", after: .answered)
            #expect(try await scene.claims(share).count == 2)
        }
        Promise("one owner has half at most, and what waits for room is not due") { scene in
            for _ in 1...5 { try await end(of: Scene.owner, calling: nil, in: scene) }
            var share = CallRequest.Share(.webhookCalls, capacity: 4)

            let first = try await scene.claims(share)

            #expect(first.count == 2)
            for claim in first { share.take(for: claim.event.owner, at: "\(Scene.owner)") }
            let next = try await scene.store.claimCalls(
                CallRequest(limit: 2, share: share, leaseUntil: Self.later), now: .start)
            #expect(next.claims.isEmpty)
            #expect(next.nextDue == nil)
        }
        Promise("an owner gets no more calls than its rate allows, whatever their target, and no other waits") {
            scene in
            for url in ["http://a.example/", "http://b.example/", "http://a.example/", "http://b.example/"] {
                try await end(of: greedy, calling: url, in: scene)
                try await end(of: other, calling: nil, in: scene)
            }
            var request = CallRequest(
                limit: 20, share: CallRequest.Share(.webhookCalls, capacity: 20), leaseUntil: Self.later)
            request.allowance = { $0 == greedy ? 3 : nil }

            let first = try await scene.store.claimCalls(request, now: .start)
            request.allowance = { $0 == greedy ? 0 : nil }
            let second = try await scene.store.claimCalls(request, now: .start)

            #expect(first.claims.count { $0.event.owner == greedy } == 3)
            #expect(first.claims.count { $0.event.owner == other } == 4)
            #expect(second.claims.isEmpty)
            // That of the other, whose claims end then.
            #expect(second.nextDue == Self.later)
        }
        Promise("a target with a limit of its own gets no more calls than that at its server") { scene in
            for url in ["http://a.example/", "http://b.example/", "http://a.example/", "http://b.example/"] {
                try await end(of: greedy, calling: url, in: scene)
            }
            var request = CallRequest(
                limit: 20, share: CallRequest.Share(.webhookCalls, capacity: 20), leaseUntil: Self.later)
            request.targetLimit = { _, target in target == "http://a.example:80" ? 1 : nil }

            let found = try await scene.store.claimCalls(request, now: .start)

            #expect(
                found.claims.map(\.target).sorted() == [
                    "http://a.example:80", "http://b.example:80", "http://b.example:80",
                ])
        }
        Promise("of an owner with more targets than one look has, all come by and by") { scene in
            for number in 1...150 { try await end(of: Scene.owner, calling: "http://h\(number).example/", in: scene) }
            let share = CallRequest.Share(.webhookCalls, capacity: 400)
            var cursor = CallClaims.Cursor()
            var targets: Set<String> = []

            for _ in 1...3 {
                let found = try await scene.store.claimCalls(
                    CallRequest(limit: 1, share: share, leaseUntil: Self.later, cursor: cursor), now: .start)
                cursor = found.cursor
                targets.formUnion(found.claims.map(\.target))
            }

            #expect(targets.count == 3)
            #expect(cursor.isEmpty)
        }
    }
}

extension Scene {
    fileprivate func claims(_ share: CallRequest.Share) async throws -> [CallClaim] {
        try await store.claimCalls(
            CallRequest(limit: share.capacity - share.held, share: share, leaseUntil: .start + .seconds(60)),
            now: .start
        ).claims
    }
}
