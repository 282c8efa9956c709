import Doubles
import Foundation
import GatewayCore
import Testing

/// A store applies delivery reports.
enum ReportPromises {
    private static let later = Date.start + .seconds(100)

    static let all = Promise.list("A store applies delivery reports") {
        Promise("a report ends a message and is told") { scene in
            let batch = try await scene.submitted(interest: .final)
            let happened = Date.start + .seconds(42)

            let result = try await scene.store.apply(
                .delivered(at: happened, text: "fetched"), from: "north", now: Self.later)

            let message = try await scene.message(in: batch)
            #expect(result == .applied(message.id))
            #expect(message.state == .delivered)
            #expect(message.changedAt == Self.later)
            #expect(message.networkTime == happened)
            #expect(message.statusText == "fetched")
            let told = try await scene.events(now: Self.later)
            #expect(told.map(\.message) == [message])
            #expect(told.map(\.batch) == [batch])
            #expect(told.map(\.event.createdAt) == [Self.later])
        }
        Promise.each(
            "each fate has its state",
            of: [
                (ReportedFate.expired, MessageState.expired),
                (.rejected, .rejected(.refusedByNetwork)),
                (.failed(.unreachable), .failed(.unreachable)),
                (.cancelled, .cancelled),
            ] as [(fate: ReportedFate, state: MessageState)]
        ) { scene, row in
            let batch = try await scene.submitted()

            let report = DeliveryReport(messageID: "M1", recipient: nil, fate: row.fate, status: "X")
            _ = try await scene.store.apply(report, from: "north", now: .start)

            #expect(try await scene.message(in: batch).state == row.state)
        }
        Promise("a report heard before says nothing new") { scene in
            let batch = try await scene.submitted(interest: .final)
            let message = try await scene.message(in: batch)
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)

            for _ in 1...150 {
                #expect(
                    try await scene.store.apply(.delivered(), from: "north", now: .start) == .nothingNew(message.id))
            }
            let other = DeliveryReport(messageID: "M1", recipient: nil, fate: .expired, status: "Expired")
            #expect(try await scene.store.apply(other, from: "north", now: .start) == .nothingNew(message.id))

            #expect(try await scene.toldStates() == [.delivered])
        }
        Promise("a report that settles nothing leaves the message submitted") { scene in
            let batch = try await scene.submitted()
            let message = try await scene.message(in: batch)

            let report = DeliveryReport(messageID: "M1", recipient: nil, fate: .pending, status: "Deferred")
            #expect(try await scene.store.apply(report, from: "north", now: .start) == .nothingNew(message.id))

            #expect(try await scene.message(in: batch) == message)
            #expect(try await scene.store.apply(.delivered(), from: "north", now: .start) == .applied(message.id))
        }
        Promise("a MessageID means something at its own MMSC alone") { scene in
            let batch = try await scene.submitted()

            #expect(try await scene.store.apply(.delivered(), from: "south", now: .start) == .unknownMessage)
            #expect(try await scene.store.apply(.delivered("M2"), from: "north", now: .start) == .unknownMessage)
            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
        }
        Promise("the recipient tells messages of one MessageID apart") { scene in
            let numbers = ["12025550101", "12025550102"]
            let batch = try await scene.due(to: numbers)
            for claim in try await scene.claims() {
                try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            }

            _ = try await scene.store.apply(.delivered(to: numbers[0]), from: "north", now: .start)

            #expect(try await scene.message(to: numbers[0], in: batch).state == .delivered)
            #expect(try await scene.message(to: numbers[1], in: batch).state == .submitted(messageID: "M1"))
            let stranger = DeliveryReport.delivered(to: "12025550199")
            #expect(try await scene.store.apply(stranger, from: "north", now: .start) == .unknownRecipient)
        }
        Promise("a MessageID given out twice means the newer message") { scene in
            let old = try await scene.submitted()
            _ = try await scene.store.apply(.delivered(), from: "north", now: .start)
            let new = try await scene.submitted()

            _ = try await scene.store.apply(.delivered(at: Self.later), from: "north", now: .start)

            #expect(try await scene.message(in: old).networkTime == nil)
            #expect(try await scene.message(in: new).networkTime == Self.later)
        }
        Promise("the only message of a MessageID is meant, however the number is written") { scene in
            let batch = try await scene.submitted()

            _ = try await scene.store.apply(.delivered(to: "2025550101"), from: "north", now: .start)

            #expect(try await scene.message(in: batch).state == .delivered)
        }
        Promise("a report that overtakes the answer is applied with it") { scene in
            let batch = try await scene.due(to: ["12025550101"], interest: [.submitted, .final])
            let claim = try await scene.claim()

            let deferred = DeliveryReport(messageID: "M1", recipient: nil, fate: .pending, status: "Deferred")
            #expect(try await scene.store.apply(deferred, from: "north", now: .start) == .held)
            #expect(try await scene.store.apply(.delivered(), from: "north", now: .start) == .held)
            #expect(try await scene.store.apply(.delivered(), from: "south", now: .start) == .unknownMessage)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)

            #expect(try await scene.message(in: batch).state == .delivered)
            #expect(try await scene.toldStates() == [.submitted(messageID: "M1"), .delivered])
            #expect(
                try await scene.store.apply(.delivered(), from: "north", now: .start) == .nothingNew(claim.message))
        }
        Promise("a report waits for a message in doubt too") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)

            #expect(try await scene.store.apply(.delivered(), from: "north", now: .start) == .held)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: scene.claim(), now: .start)

            #expect(try await scene.message(in: batch).state == .delivered)
        }
        Promise("a report that no answer claims is forgotten after three days") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()
            #expect(try await scene.store.apply(.delivered(), from: "north", now: .start) == .held)

            let later = Date.start + .seconds(3 * 86_400 + 1)
            _ = try await scene.store.expire(limit: 10, now: later)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: later)

            #expect(try await scene.message(in: batch).state == .submitted(messageID: "M1"))
        }
        Promise("a message without a final report becomes unknown in time") { scene in
            let expiry = Date.start + .seconds(60)
            let batch = try await scene.submitted(interest: .final, expireAt: expiry)
            let doubted = try await scene.due(to: ["12025550102"], expireAt: expiry)
            try await scene.store.record(SubmissionResult(.answerLost), of: scene.claim(), now: .start)
            let queued = try await scene.due(to: ["12025550103"], expireAt: expiry)

            #expect(try await scene.store.settleUnreported(expiredBefore: expiry, limit: 10, now: Self.later) == 0)
            let after = expiry + .milliseconds(1)
            #expect(try await scene.store.settleUnreported(expiredBefore: after, limit: 1, now: Self.later) == 1)
            #expect(try await scene.store.settleUnreported(expiredBefore: after, limit: 10, now: Self.later) == 1)

            #expect(try await scene.message(in: batch).state == .unknown)
            #expect(try await scene.message(to: "12025550102", in: doubted).state == .unknown)
            #expect(try await scene.message(to: "12025550103", in: queued).state == .queued)
            #expect(try await scene.toldStates(now: Self.later) == [.unknown])
        }
    }
}
