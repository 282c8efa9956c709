import Doubles
import Foundation
import GatewayCore
import Testing

/// A store keeps events until they are heard.
enum EventPromises {
    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store keeps events until they are heard") {
        Promise("a call is given out to one at a time") { scene in
            try await scene.submitted(interest: [.submitted, .final])

            let first = try await scene.events()

            #expect(first.map(\.tries) == [0])
            #expect(try await scene.events().isEmpty)
            #expect(try await scene.store.nextCallDue() == .start + .seconds(60))
            #expect(try await scene.events(now: .start + .seconds(60)).map(\.event) == first.map(\.event))
        }
        Promise("an event comes with its batch, the parameters left out") { scene in
            var submittal = try scene.submittal(to: ["99900000000"], interest: .endSummary)
            submittal.order.parameters = Parameters(["name": ["default": "you"]])
            var (batch, messages) = submittal.accepted(
                now: .start, expansion: Expansion(routes: Scene.routes, ids: ULIDGenerator()))
            try await scene.store.insert(batch, messages: messages)

            let claims = try await scene.events()

            #expect(try await scene.store.batch(batch.id, of: Scene.owner) == batch)
            batch.order.parameters = Parameters()
            #expect(claims.map(\.batch) == [batch])
        }
        Promise("an event that was heard is not told again") { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let event = try #require(try await scene.events().first?.event)

            try await scene.store.record(.heard, of: event.id, now: .start)
            try await scene.store.record(.again(at: Self.later, reason: "late"), of: event.id, now: .start)
            try await scene.store.record(.heard, of: event.id, now: .start)

            #expect(try await scene.store.nextCallDue() == nil)
            #expect(try await scene.events(now: Self.later).isEmpty)
        }
        Promise("an event is told again in the same words") { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let event = try #require(try await scene.events().first?.event)

            try await scene.store.record(.again(at: Self.later, reason: "HTTP 503"), of: event.id, now: .start)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start + .seconds(2))

            let told = try await scene.heardEvents(now: Self.later)
            #expect(told.count == 2)
            let repeated = try #require(told.first { $0.event.id == event.id })
            #expect(repeated.event == event)
            #expect(repeated.tries == 1)
        }
        Promise("an event that was dropped is not told again") { scene in
            try await scene.submitted(interest: [.submitted, .final])
            let event = try #require(try await scene.events().first?.event)

            try await scene.store.record(.givenUp(reason: "no address"), of: event.id, now: .start)

            #expect(try await scene.store.nextCallDue() == nil)
            #expect(try await scene.events(now: Self.later).isEmpty)
        }
        Promise("events are numbered in the order in which they happened") { scene in
            let batch = try await scene.submitted(interest: [.submitted, .final])
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            let told = try await scene.heardEvents()

            #expect(told.map(\.event.id) == told.map(\.event.id).sorted())
            #expect(told.map(\.batch) == [batch, batch])
            let states = told.map(\.message?.state)
            #expect(states == [.submitted(messageID: "M1"), .delivered])
        }
        Promise("no more events are given out than asked for, the longest due first") { scene in
            for number in ["12025550101", "12025550102", "12025550103"] {
                try await scene.due(to: [number], interest: [.submitted, .final])
            }
            for claim in try await scene.claims() {
                try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            }

            let first = try await scene.store.claimCalls(limit: 2, now: .start, leaseUntil: Self.later)
            let second = try await scene.store.claimCalls(limit: 2, now: .start, leaseUntil: Self.later)

            #expect((first.count, second.count) == (2, 1))
        }
        Promise.each(
            "only what the customer wants told is told",
            of: [
                (Interest([]), [MessageState?]()),
                (.endSummary, [nil]),
                (.endFull, [nil]),
                (Interest([.submitted, .final]), [.submitted(messageID: "M1"), .delivered]),
                (.final, [.delivered]),
            ] as [(interest: Interest, told: [MessageState?])]
        ) { scene, row in
            try await scene.submitted(interest: row.interest)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            #expect(try await scene.toldStates() == row.told)
        }
    }
}
