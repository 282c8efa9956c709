import Doubles
import Foundation
import GatewayCore
import Testing

/// A store gives out messages to submit.
enum SubmissionPromises {
    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store gives out messages to submit") {
        Promise("a message that is due is claimed once") { scene in
            let batch = try await scene.due(to: ["12025550101", "442071838750"])

            let claim = try await scene.claim()

            #expect(claim.batch == batch.id)
            #expect(claim.recipient.digits == "12025550101")
            #expect(claim.mmsc == "north")
            #expect(claim.attempt == 1)
            #expect(!claim.isResend)
            #expect(claim.expireAt == batch.order.expireAt)
            #expect(try await scene.claims(now: Self.later).isEmpty)
            let message = try await scene.message(in: batch)
            #expect(message.state == .submitting)
            #expect(message.attempts == 1)
            #expect(message.id == claim.message)
        }
        Promise("no more are claimed than asked for, the longest due first") { scene in
            try await scene.due(to: ["12025550101", "12025550102", "12025550103"])
            let due = [Self.later, .start + .seconds(10), .start + .seconds(50)]
            for (claim, dueAt) in zip(try await scene.claims(), due) {
                try await scene.store.record(SubmissionResult(.postponed, dueAt: dueAt), of: claim, now: .start)
            }
            #expect(try await scene.store.nextDue(at: "north") == .start + .seconds(10))

            let claims = try await scene.claims(limit: 2, now: Self.later)

            #expect(Set(claims.map(\.recipient.digits)) == ["12025550102", "12025550103"])
            #expect(try await scene.store.nextDue(at: "north") == Self.later)
        }
        Promise("what the MMSC took is submitted under its MessageID") { scene in
            let batch = try await scene.due(to: ["12025550101"], interest: [.submitted, .final])

            try await scene.store.record(
                SubmissionResult(.accepted(messageID: "M1"), statusCode: 1000, statusText: "Success"),
                of: scene.claim(),
                now: Self.later)

            let message = try await scene.message(in: batch)
            #expect(message.state == .submitted(messageID: "M1"))
            #expect(message.changedAt == Self.later)
            #expect(message.statusText == "Success")
            #expect(try await scene.toldStates(now: Self.later) == [.submitted(messageID: "M1")])
        }
        Promise.each(
            "the outcome of a claim decides what becomes of the message",
            of: [
                (MessageEvent.refused(.refusedByMMSC), MessageState.failed(.refusedByMMSC), Date?.none),
                (.abandoned(.expiredInQueue), .aborted(.expiredInQueue), nil),
                (.gaveUp, .unknown, nil),
                (.postponed, .queued, Date.start + .seconds(200)),
                (.released, .queued, Date.start + .seconds(200)),
                (.answerLost, .inDoubt, Date.start + .seconds(200)),
            ] as [(event: MessageEvent, state: MessageState, dueAt: Date?)]
        ) { scene, row in
            let batch = try await scene.due(to: ["12025550101"], interest: .endSummary)

            try await scene.store.record(SubmissionResult(row.event, dueAt: row.dueAt), of: scene.claim(), now: .start)

            #expect(try await scene.message(in: batch).state == row.state)
            #expect(try await scene.store.nextDue(at: "north") == row.dueAt)
            #expect(try await scene.toldStates() == (row.state.isFinal ? [nil] : []))
        }
        Promise("without a time to try again the time is now") { scene in
            try await scene.due(to: ["12025550101"])

            try await scene.store.record(SubmissionResult(.released), of: scene.claim(), now: Self.later)

            #expect(try await scene.store.nextDue(at: "north") == Self.later)
            #expect(await wasRaised(scene.signals.messages(at: "north")))
        }
        Promise("attempts that may have arrived are counted, and those that cannot have are not") { scene in
            _ = try await scene.due(to: ["12025550101"])
            var doubts: [Int] = []
            for event in [MessageEvent.postponed, .answerLost, .postponed, .answerLost, .released] {
                let claim = try await scene.claim()
                doubts.append(claim.doubts)
                try await scene.store.record(SubmissionResult(event, dueAt: .start), of: claim, now: .start)
            }

            #expect(doubts == [0, 0, 1, 1, 2])
        }
        Promise("a message in doubt is claimed as a resend and stays in doubt") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)

            let second = try await scene.claim()
            try await scene.store.record(SubmissionResult(.released), of: second, now: .start)
            let third = try await scene.claim()

            #expect(second.isResend && third.isResend)
            #expect((second.attempt, third.attempt) == (2, 2))
            try await scene.store.record(SubmissionResult(.abandoned(.expiredInQueue)), of: third, now: .start)
            #expect(try await scene.message(in: batch).state == .unknown)
        }
        Promise("a claim of which nothing was sent is no attempt") { scene in
            let batch = try await scene.due(to: ["12025550101"])

            for _ in 1...3 {
                let claim = try await scene.claim()
                #expect(claim.attempt == 1)
                try await scene.store.record(SubmissionResult(.released), of: claim, now: .start)
                #expect(try await scene.message(in: batch).attempts == 0)
            }

            try await scene.store.record(SubmissionResult(.postponed), of: scene.claim(), now: .start)
            #expect(try await scene.message(in: batch).attempts == 1)
            #expect(try await scene.claim().attempt == 2)
        }
        Promise("a new state has its own text, or none") { scene in
            let batch = try await scene.due(to: ["12025550101"], interest: [.submitted, .final])
            try await scene.store.record(
                SubmissionResult(.postponed, statusText: "HTTP 503"), of: scene.claim(), now: .start)
            #expect(try await scene.message(in: batch).statusText == "HTTP 503")

            let claim = try await scene.claim()
            #expect(try await scene.message(in: batch).statusText == nil)
            try await scene.store.record(
                SubmissionResult(.accepted(messageID: "M1"), statusText: "Success"), of: claim, now: .start)
            #expect(try await scene.message(in: batch).statusText == "Success")
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            #expect(try await scene.message(in: batch).statusText == nil)
            let texts: [PeerText?] = try await scene.heardEvents().map { claim in
                claim.message?.statusText
            }
            #expect(texts == ["Success", nil])
        }
        Promise("a second record of a claim changes nothing") { scene in
            let batch = try await scene.due(to: ["12025550101"], interest: [.submitted, .final])
            let claim = try await scene.claim()

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: claim, now: .start)

            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
            #expect(try await scene.toldStates() == [.submitted(messageID: "M1")])
        }
        Promise("the end of a batch is told once, after its last message") { scene in
            try await scene.due(to: ["12025550101", "12025550102", "99900000000"], interest: .endFull)
            let claims = try await scene.claims()

            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: claims[0], now: .start)
            #expect(try await scene.toldStates() == [])
            try await scene.store.record(SubmissionResult(.refused(.refusedByMMSC)), of: claims[1], now: .start)

            #expect(try await scene.toldStates() == [nil])
            #expect(await wasRaised(scene.signals.events))
        }
    }
}
