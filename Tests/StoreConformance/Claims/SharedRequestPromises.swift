import Doubles
import Foundation
import GatewayCore
import Testing

/// A store gives one SubmitReq several messages.
enum SharedRequestPromises {
    private static let numbers = ["12025550101", "12025550102", "12025550103", "12025550104", "12025550105"]

    private static func claims(_ scene: Scene, upTo recipients: Int, limit: Int = 10) async throws -> [Claim] {
        try await scene.store.claims(limit: limit, recipientsPerRequest: recipients, now: .start).claims
    }

    static let all = Promise.list("A store gives one SubmitReq several messages") {
        Promise("as many as the MMSC takes, of one batch, under a TransactionID of their own") { scene in
            try await scene.due(to: Self.numbers)
            try await scene.due(to: ["12025550106"])

            let claims = try await claims(scene, upTo: 3)

            #expect(claims.map(\.copies.count) == [3, 2, 1])
            #expect(Set(claims.map(\.transactionID)).count == 3)
            #expect(claims.last?.transactionID == claims.last?.message.description)
        }
        Promise("no more requests than asked for") { scene in
            try await scene.due(to: Self.numbers)

            #expect(try await claims(scene, upTo: 2, limit: 1).map(\.copies.count) == [2])
            #expect(try await claims(scene, upTo: 2).map(\.copies.count) == [2, 1])
        }
        Promise("recipients who get different texts go alone") { scene in
            try await scene.due(to: Self.numbers, parameters: Parameters(["name": ["default": "there"]]))

            #expect(try await claims(scene, upTo: 3).map(\.copies.count) == [1, 1, 1, 1, 1])
        }
        Promise("an answer that was lost is asked for with the same recipients and TransactionID") { scene in
            try await scene.due(to: Self.numbers)
            let first = try await claims(scene, upTo: 3)
            for claim in first { try await scene.store.record(SubmissionResult(.answerLost), of: claim, now: .start) }

            let again = try await claims(scene, upTo: 5)

            #expect(again.map(\.transactionID) == first.map(\.transactionID))
            let messages = [first, again].map { $0.map { $0.copies.map(\.message) } }
            #expect(messages[0] == messages[1])
            #expect(again.map(\.isResend) == [true, true])
        }
        Promise("what is left of them when others came to an end goes under its own TransactionID") { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102"])
            let claim = try #require(try await claims(scene, upTo: 2).first)
            var outcome = SubmissionResult(.answerLost)
            outcome.exceptions[claim.others[0].message] = .gaveUp
            try await scene.store.record(outcome, of: claim, now: .start)

            for _ in 1...2 {
                let again = try #require(try await claims(scene, upTo: 2).first)
                #expect(again.transactionID == claim.message.description)
                #expect(again.copies.map(\.message) == [claim.message])
                try await scene.store.record(SubmissionResult(.answerLost), of: again, now: .start)
            }
            #expect(try await scene.message(to: "12025550102", in: batch).state == .unknown)
        }
        Promise("what was refused together goes alone the next time") { scene in
            try await scene.due(to: ["12025550101", "12025550102"])
            let claim = try #require(try await claims(scene, upTo: 2).first)
            var outcome = SubmissionResult(.postponed)
            outcome.isTry = false
            try await scene.store.record(outcome, of: claim, now: .start)

            let again = try await claims(scene, upTo: 2)

            #expect(again.map(\.transactionID) == again.map(\.message.description))
            #expect(again.map(\.first.attempt) == [2, 2])
            #expect(again.map(\.first.tries) == [1, 1])
        }
        Promise("an MMSC that takes some of them has those, and the others are due") { scene in
            let batch = try await scene.due(to: ["12025550101", "12025550102"])
            let claim = try #require(try await claims(scene, upTo: 2).first)
            var outcome = SubmissionResult(.accepted(messageID: "M1"), statusCode: 1100)
            outcome.exceptions[claim.others[0].message] = .postponed
            try await scene.store.record(outcome, of: claim, now: .start)

            #expect(try await scene.message(to: "12025550101", in: batch).state == .submitted(messageID: "M1"))
            #expect(try await claims(scene, upTo: 2).map(\.recipient.digits) == ["12025550102"])
        }
    }
}
