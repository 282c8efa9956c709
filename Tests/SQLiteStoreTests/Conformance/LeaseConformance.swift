import Doubles
import Foundation
import GatewayCore
import Testing

@Suite("A store ends claims that nobody answers")
struct LeaseConformance {
    private static let later = Date.start + .seconds(100)

    @Test("a claim whose lease is over is in doubt and due", arguments: Implementation.all)
    func leases(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()
            let end = Date.start + .seconds(60)
            #expect(await wasRaised(scene.signals.messages(at: "north")))

            #expect(try await scene.store.endLeases(except: [], now: end + .milliseconds(-1)) == 0)
            #expect(await !wasRaised(scene.signals.messages(at: "north")))
            #expect(try await scene.store.endLeases(except: [], now: end) == 1)
            #expect(await wasRaised(scene.signals.messages(at: "north")))
            #expect(try await scene.store.endLeases(except: [], now: end) == 0)

            #expect(try await scene.message(in: batch).state == .inDoubt)
            let again = try await scene.claim(now: end)
            #expect(again.message == claim.message)
            #expect(again.isResend)
        }
    }

    @Test(
        "a request in doubt is repeated whole, however many the MMSC takes together since",
        arguments: Implementation.all)
    func shared(_ implementation: Implementation) async throws {
        try await implementation { scene in
            try await scene.due(to: ["12025550101", "12025550102", "12025550103"])
            let first = try await scene.store.claims(recipientsPerRequest: 3, now: .start).claims
            #expect(first.map(\.copies.count) == [3])
            _ = try await scene.store.endLeases(except: [], now: Self.later)

            let whole = try await scene.store.claims(recipientsPerRequest: 10, now: Self.later).claims
            #expect(whole.map(\.transactionID) == first.map(\.transactionID))
            #expect(whole.first?.copies.map(\.message) == first.first?.copies.map(\.message))
            let end = Self.later + .seconds(100)
            _ = try await scene.store.endLeases(except: [], now: end)

            let lowered = try await scene.store.claims(recipientsPerRequest: 1, now: end).claims
            #expect(lowered.map(\.transactionID) == first.map(\.transactionID))
            #expect(lowered.first?.copies.map(\.message) == first.first?.copies.map(\.message))
        }
    }

    @Test("what may have arrived and is not taken together goes singly then", arguments: Implementation.all)
    func split(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102"])
            _ = try await scene.store.claims(recipientsPerRequest: 2, now: .start)
            _ = try await scene.store.endLeases(except: [], now: Self.later)
            let again = try #require(
                try await scene.store.claims(recipientsPerRequest: 2, now: Self.later).claims.first)

            var outcome = SubmissionResult(.postponed, dueAt: Self.later, statusCode: 2002)
            outcome.isSplit = true
            try await scene.store.record(outcome, of: again, now: Self.later)

            #expect(try await scene.message(in: batch).state == .inDoubt)
            let singly = try await scene.store.claims(recipientsPerRequest: 2, now: Self.later).claims
            #expect(singly.map(\.transactionID) == again.copies.map(\.message.description))
            #expect(singly.filter { !$0.isResend }.isEmpty)
        }
    }

    @Test("the lease of a claim that is being worked on does not end", arguments: Implementation.all)
    func ongoing(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let numbers = ["12025550101", "12025550102", "12025550103"]
            let batch = try await scene.due(to: numbers)
            let claims = try await scene.claims()
            let worked = try #require(claims.first { $0.recipient.digits == numbers[1] })

            #expect(
                try await scene.store.endLeases(except: [worked.message, ULID(high: 1, low: 1)], now: Self.later) == 2)

            #expect(try await scene.message(to: numbers[0], in: batch).state == .inDoubt)
            #expect(try await scene.message(to: numbers[1], in: batch).state == .submitting)
            try await scene.store.record(SubmissionResult(.postponed), of: worked, now: Self.later)
            #expect(try await scene.message(to: numbers[1], in: batch).state == .queued)
        }
    }

    @Test("an acceptance after the end of its lease counts", arguments: Implementation.all)
    func lateAcceptance(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: Self.later)

            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
            #expect(try await scene.claims(now: Self.later).isEmpty)
        }
    }

    @Test(
        "a refusal after the end of its lease counts: of the only attempt for certain", arguments: Implementation.all,
        [(1, MessageState.failed(.refusedByMMSC)), (2, .unknown)])
    func lateRefusal(_ implementation: Implementation, _ row: (attempts: Int, state: MessageState)) async throws {
        try await implementation { scene in
            let batch = try await scene.due(to: ["12025550101"])
            for _ in 1..<row.attempts {
                try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)
            }
            let last = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)

            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: last, now: Self.later)

            #expect(try await scene.message(in: batch).state == row.state)
        }
    }

    @Test("an acceptance counts while another worker has the message", arguments: Implementation.all)
    func lateAcceptanceDuringResend(_ implementation: Implementation) async throws {
        try await implementation { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let first = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)
            let second = try await scene.claim(now: Self.later)

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: first, now: Self.later)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M2")), of: second, now: Self.later)

            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
        }
    }

    @Test(
        "anything else about a claim that is over changes nothing", arguments: Implementation.all,
        [MessageEvent.postponed, .released, .answerLost])
    func lateOutcome(_ implementation: Implementation, event: MessageEvent) async throws {
        try await implementation { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let first = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)
            try await scene.store.record(SubmissionResult(event), of: first, now: Self.later)
            #expect(try await scene.message(in: batch).state == .inDoubt)

            _ = try await scene.claim(now: Self.later)
            try await scene.store.record(SubmissionResult(event), of: first, now: Self.later)
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: first, now: Self.later)

            #expect(try await scene.message(in: batch).state == .submitting)
        }
    }
}
