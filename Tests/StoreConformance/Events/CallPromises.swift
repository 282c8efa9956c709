import Doubles
import Foundation
import GatewayCore
import Testing

/// A store calls every target of an event by itself.
enum CallPromises {
    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store calls every target of an event by itself") {
        Promise("an event with two targets has a call for each") { scene in
            scene.targets.set("orders", "archive")
            try await scene.submitted(interest: [.submitted, .final])

            let claims = try await scene.events()

            #expect(claims.map(\.target) == ["archive", "orders"])
            #expect(claims.map(\.event)[0] == claims.map(\.event)[1])
            #expect(try await scene.events().isEmpty)
        }
        Promise("a target that fails for hours holds up nothing at the other") { scene in
            scene.targets.set("orders", "archive")
            try await scene.submitted(interest: [.submitted, .final])
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            var heard: [MessageState?] = []
            var failures = 0

            for hour in 0..<4 {
                let now = Date.start + .seconds(3600 * hour)
                for claim in try await scene.events(now: now) {
                    guard claim.target == "orders" else {
                        #expect(claim.tries == failures)
                        failures += 1
                        let again = CallResult.again(at: now + .seconds(3600), reason: "HTTP 503")
                        try await scene.store.record(again, of: claim.id, now: now)
                        continue
                    }
                    heard.append(claim.message?.state)
                    try await scene.store.record(.heard, of: claim.id, now: now)
                }
            }

            #expect(heard == [.submitted(messageID: "M1"), .delivered])
            #expect(failures == 4, "the one event after the other waits behind it")
        }
        Promise("events of a message follow each other at each target") { scene in
            scene.targets.set("orders", "archive")
            try await scene.submitted(interest: [.submitted, .final])
            let first = try await scene.events()
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            #expect(try await scene.events().isEmpty)

            try await scene.store.record(.givenUp(reason: "HTTP 410"), of: first[0].id, now: .start)
            let second = try await scene.events()
            try await scene.store.record(.heard, of: first[1].id, now: .start)
            let third = try await scene.events()

            #expect(second.map(\.target) == ["archive"])
            #expect(third.map(\.target) == ["orders"])
            #expect((second + third).map(\.message?.state) == [.delivered, .delivered])
        }
        Promise("a target that follows another is called after it, event by event") { scene in
            scene.targets.set("submit", then: "delivery")
            try await scene.submitted(interest: [.submitted, .final])
            var heard: [String] = []
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            while let claim = try await scene.events().first {
                heard.append("\(claim.target) \(claim.message?.state.name ?? "")")
                #expect(try await scene.events().isEmpty, "one at a time")
                try await scene.store.record(.heard, of: claim.id, now: .start)
            }

            #expect(heard == ["submit submitted", "delivery submitted", "delivery delivered"])
        }
        Promise("a target whose predecessor is given up is called all the same") { scene in
            scene.targets.set("submit", then: "delivery")
            try await scene.submitted(interest: [.submitted, .final])
            let first = try await scene.events()
            try await scene.store.record(.givenUp(reason: "HTTP 410"), of: first[0].id, now: .start)

            #expect(first.map(\.target) == ["submit"])
            #expect(try await scene.events().map(\.target) == ["delivery"])
        }
        Promise("a target that was named once and is not any more holds up nobody") { scene in
            scene.targets.set("orders", "gone")
            try await scene.submitted(interest: [.submitted, .final])
            scene.targets.set("orders")
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            let first = try await scene.events()
            for claim in first {
                let gone = CallResult.again(at: Self.later, reason: "the customer has no callback address")
                try await scene.store.record(claim.target == "gone" ? gone : .heard, of: claim.id, now: .start)
            }

            #expect(first.map(\.target) == ["gone", "orders"])
            let next = try await scene.events()
            #expect(next.map(\.target) == ["orders"] && next.map(\.message?.state) == [.delivered])
            let last = try await scene.events(now: Self.later)
            #expect(last.map(\.target) == ["gone", "orders"] && last.map(\.tries) == [1, 0])
        }
        Promise("an event without a target is kept waiting for nobody") { scene in
            scene.targets.set()
            try await scene.submitted(interest: [.submitted, .final])

            #expect(try await scene.events().isEmpty)
            #expect(try await scene.store.nextCallDue() == nil)
        }
        Promise("a target that is named twice has one call") { scene in
            scene.targets.set("orders", "orders")
            try await scene.submitted(interest: [.submitted, .final])

            #expect(try await scene.events().count == 1)
        }
        Promise("whoever names the targets hears what happened, whose it is and which target the batch names") {
            scene in
            var submittal = try scene.submittal(to: ["99900000000"], interest: .final)
            submittal.order.callbackURL = "https://Hooks.example/own"
            let (batch, messages) = submittal.accepted(
                now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))
            try await scene.store.insert(batch, messages: messages)
            let app = Owner.app("shop", project: "p1")
            try await scene.due(to: ["12025550101"], of: app, interest: .endSummary)
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: scene.claim(), now: .start)

            #expect(
                scene.targets.asked == [
                    Event.Occasion(
                        owner: Scene.owner, kind: .message(.aborted(.unroutable)),
                        batchTarget: "https://hooks.example:443"),
                    Event.Occasion(owner: app, kind: .end),
                ])
            #expect(try await scene.events().map(\.target) == ["https://hooks.example:443", ""])
        }
    }
}
