import Doubles
import Foundation
import GatewayCore
import Testing

/// A store leads messages to the MMSC that takes them.
enum CarrierPromises {
    /// To a number of +33, which goes west and else south.
    private static let number = "33612345678"

    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store leads messages to the MMSC that takes them") {
        Promise("the second of a route carries while the first does not") { scene in
            try await scene.due(to: [Self.number])

            #expect(try await scene.store.claims(at: "south", available: ["west", "south"], now: .start).claims == [])
            #expect(try await scene.store.claims(at: "west", available: ["south"], now: .start).claims == [])
            let claims = try await scene.store.claims(at: "south", available: ["south"], now: .start).claims

            #expect(claims.map(\.mmsc) == ["south"])
        }
        Promise("what was not accepted goes to whoever takes messages then") { scene in
            try await scene.due(to: [Self.number])
            let claim = try #require(
                try await scene.store.claims(at: "south", available: ["south"], now: .start).claims.first)
            try await scene.store.record(SubmissionResult(.postponed), of: claim, now: .start)

            let claims = try await scene.store.claims(at: "west", available: ["west", "south"], now: .start).claims

            #expect(claims.map(\.mmsc) == ["west"])
            #expect(await wasRaised(scene.signals.messages(at: "west")))
        }
        Promise("what an MMSC may have is for it alone, and for it in any case") { scene in
            try await scene.due(to: [Self.number])
            let claim = try #require(
                try await scene.store.claims(at: "west", available: ["west"], now: .start).claims.first)
            try await scene.store.record(SubmissionResult(.answerLost), of: claim, now: .start)

            #expect(try await scene.store.claims(at: "south", available: ["south"], now: .start).claims == [])
            let claims = try await scene.store.claims(at: "west", available: [], now: .start).claims

            #expect(claims.map(\.isResend) == [true])
        }
        Promise("it says whom messages wait for that are due, now or later") { scene in
            #expect(try await scene.store.waitingCarriers().isEmpty)
            try await scene.inserted(to: ["442071838750"])
            try await scene.due(to: [Self.number, "12025550101"])
            #expect(
                try await Set(scene.store.waitingCarriers()) == [Carriers(["north"]), Carriers(["west", "south"])])

            try await scene.store.record(
                SubmissionResult(.postponed, dueAt: Self.later), of: scene.claim(), now: .start)
            #expect(
                try await Set(scene.store.waitingCarriers()) == [Carriers(["north"]), Carriers(["west", "south"])])

            let claim = try await scene.claim(now: Self.later)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: Self.later)
            #expect(try await scene.store.waitingCarriers() == [Carriers(["west", "south"])])
        }
        Promise("messages of MMSCs that are gone go where routes lead now") { scene in
            try await scene.due(to: ["12025550101", "12025550102", "12025550103"])
            let doubtful = try #require(try await scene.claims(limit: 1).first)
            try await scene.store.record(SubmissionResult(.answerLost), of: doubtful, now: .start)
            try await scene.inserted(to: ["12025550104"])
            let routes = Routes([.init(prefix: "", mmscs: ["south"])])

            var cursor: WaitingCursor?
            var steps = 0
            repeat {
                cursor = try await scene.store.reroute(
                    from: cursor, limit: 1, routes: routes, among: ["south", "west"])
                steps += 1
            } while cursor != nil && steps < 10

            let claims = try await scene.store.claims(at: "south", available: ["south"], now: .start).claims
            #expect(claims.map(\.recipient.digits).sorted() == ["12025550102", "12025550103"])
            #expect(try await scene.claims().map(\.message) == [doubtful.message])
            #expect(steps == 5)
        }
        Promise("what no route leads away stays where it is") { scene in
            try await scene.due(to: ["12025550101"])
            for routes in [Routes([]), Scene.routes] {
                let cursor = try await scene.store.reroute(
                    from: nil, limit: 10, routes: routes, among: ["south", "west"])
                #expect(cursor == nil)
            }

            #expect(try await scene.claims().count == 1)
        }
        Promise("open messages are counted by who has them or may carry them") { scene in
            try await scene.due(to: ["12025550101", "12025550102", "12025550103", "12025550104", "12025550105"])
            let claims = try await scene.claims(limit: 3)
            try await scene.store.record(SubmissionResult(.answerLost, dueAt: Self.later), of: claims[0], now: .start)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claims[1], now: .start)

            let open = try await scene.store.openMessages()

            let north = Carriers(settledOn: "north")
            let expected = [
                OpenMessages(carriers: try #require(Carriers(["north"])), state: .queued, count: 2, oldestDue: .start),
                OpenMessages(carriers: north, state: .inDoubt, count: 1, oldestDue: Self.later),
                OpenMessages(carriers: north, state: .submitting, count: 1),
                OpenMessages(carriers: north, state: .submitted(messageID: ""), count: 1),
            ]
            #expect(open.count == expected.count)
            for messages in expected { #expect(open.contains(messages)) }
        }
    }
}
