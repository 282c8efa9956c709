import Doubles
import Foundation
import GatewayCore
import Testing

/// A store ends claims that nobody answers.
enum LeasePromises {
    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store ends claims that nobody answers") {
        Promise("a claim whose lease is over is in doubt and due") { scene in
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
        Promise("a request in doubt is repeated whole, however many the MMSC takes together since") { scene in
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
        Promise("what may have arrived and is not taken together goes singly then") { scene in
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
        Promise("the lease of a claim that is being worked on does not end") { scene in
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
        Promise("an acceptance after the end of its lease counts") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: Self.later)

            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
            #expect(try await scene.claims(now: Self.later).isEmpty)
        }
        Promise.each(
            "a refusal after the end of its lease counts: of the only attempt for certain",
            of: [(1, MessageState.failed(.refusedByMMSC)), (2, .unknown)] as [(attempts: Int, state: MessageState)]
        ) { scene, row in
            let batch = try await scene.due(to: ["12025550101"])
            for _ in 1..<row.attempts {
                try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)
            }
            let last = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)

            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: last, now: Self.later)

            #expect(try await scene.message(in: batch).state == row.state)
        }
        Promise("an acceptance counts while another worker has the message") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let first = try await scene.claim()
            _ = try await scene.store.endLeases(except: [], now: Self.later)
            let second = try await scene.claim(now: Self.later)

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: first, now: Self.later)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M2")), of: second, now: Self.later)

            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
        }
        Promise.each(
            "anything else about a claim that is over changes nothing",
            of: [MessageEvent.postponed, .released, .answerLost] as [MessageEvent]
        ) { scene, event in
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
