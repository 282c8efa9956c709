import Doubles
import Foundation
import GatewayCore
import Testing

/// A store finds the message that a report is about.
enum ReportedMessagePromises {
    /// Two messages that have one MessageID.
    private static func submitted(_ scene: Scene, interest: Interest = []) async throws -> Batch {
        let batch = try await scene.due(to: ["12025550101", "12025550102"], interest: interest)
        let claims = try await scene.store.claims(recipientsPerRequest: 2, now: .start).claims
        try await scene.store.record(
            SubmissionResult(.accepted(messageID: "M1")), of: try #require(claims.first), now: .start)
        return batch
    }

    static let all = Promise.list("A store finds the message that a report is about") {
        Promise.each(
            "among several it is the one to the number, in whatever form, and in whichever of the two places",
            of: [
                ("12025550102", "12025550100"), ("2025550102", "12025550100"), ("025550102", nil), ("5550102", nil),
                ("12025550100", "12025550102"), ("0012025550102", nil),
            ] as [(String, String?)] as [(recipient: String, sender: String?)]
        ) { scene, report in
            let batch = try await submitted(scene)

            let report = DeliveryReport(
                messageID: "M1", recipient: report.recipient, sender: report.sender, fate: .delivered,
                status: "Retrieved")
            let result = try await scene.store.apply(report, from: "north", now: .start)

            let message = try await scene.message(to: "12025550102", in: batch)
            #expect(result == .applied(message.id))
            #expect(try await scene.message(to: "12025550101", in: batch).state == .submitted(messageID: "M1"))
        }
        Promise.each(
            "what fits none of several, or more than one, changes nothing",
            of: ["12125559999", "555010", nil] as [String?] as [String?]
        ) { scene, recipient in
            let batch = try await submitted(scene)

            let result = try await scene.store.apply(.delivered(to: recipient), from: "north", now: .start)

            #expect(result == .unknownRecipient)
            #expect(try await scene.message(to: "12025550101", in: batch).state == .submitted(messageID: "M1"))
        }
        Promise("a number as it is dialled is not put down to the sender's own, who is a recipient too") { scene in
            let batch = try await scene.due(to: ["12025550100", "12025550101"])
            let claim = try #require(
                try await scene.store.claims(recipientsPerRequest: 2, now: .start).claims.first)
            let report = DeliveryReport(
                messageID: "M1", recipient: "2025550101", sender: "12025550100", fate: .delivered, status: "Retrieved")
            #expect(try await scene.store.apply(report, from: "north", now: .start) == .held)
            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)

            #expect(try await scene.message(to: "12025550101", in: batch).state == .delivered)
            #expect(try await scene.message(to: "12025550100", in: batch).state == .submitted(messageID: "M1"))
        }
        Promise(
            "a held report that fits none of an answer's messages is there for the next with the MessageID"
        ) { scene in
            try await scene.due(to: ["12025550101", "12025550102"])
            let later = try await scene.due(to: ["12025550177"])
            let claims = try await scene.store.claims(recipientsPerRequest: 2, now: .start).claims
            #expect(try await scene.store.apply(.delivered(to: "12025550177"), from: "north", now: .start) == .held)

            for claim in claims.sorted(by: { $0.copies.count > $1.copies.count }) {
                try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)
            }

            #expect(try await scene.message(to: "12025550177", in: later).state == .delivered)
        }
        Promise("reports that overtook the answer find their messages by number") { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102"])
            let claim = try #require(
                try await scene.store.claims(recipientsPerRequest: 2, now: .start).claims.first)
            for number in ["12025550102", "12025550101"] {
                #expect(try await scene.store.apply(.delivered(to: number), from: "north", now: .start) == .held)
            }

            try await scene.store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim, now: .start)

            for number in ["12025550101", "12025550102"] {
                #expect(try await scene.message(to: number, in: batch).state == .delivered)
            }
        }
        Promise("a delivery after a failure counts and is told, and ends the batch once") { scene in
            let batch = try await scene.submitted(interest: .final)
            let expired = DeliveryReport(messageID: "M1", recipient: nil, fate: .expired, status: "Expired")
            for report in [expired, .delivered(), expired] {
                _ = try await scene.store.apply(report, from: "north", now: .start)
            }

            #expect(try await scene.message(in: batch).state == .delivered)
            #expect(try await scene.toldStates() == [.expired, .delivered])
        }
        Promise("a summary is told once, whatever is said later") { scene in
            try await scene.submitted(interest: .endSummary)
            let expired = DeliveryReport(messageID: "M1", recipient: nil, fate: .expired, status: "Expired")
            for report in [expired, .delivered()] {
                _ = try await scene.store.apply(report, from: "north", now: .start)
            }

            #expect(try await scene.toldStates() == [nil])
        }
    }
}
