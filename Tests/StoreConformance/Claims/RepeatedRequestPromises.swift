import Doubles
import Foundation
import GatewayCore
import Testing

/// A store repeats a SubmitReq by its name.
enum RepeatedRequestPromises {
    private static let later = Date.start + .seconds(100)

    /// Numbers that go north.
    private static func numbers(_ first: Int, _ count: Int) -> [String] {
        (first..<first + count).map { "12025550\($0)" }
    }

    static let all = Promise.list("A store repeats a SubmitReq by its name") {
        Promise("batches that were sent at the same moment are repeated each as it was") { scene in
            // As two posts that are worked on at once would have made them, had they asked for one name after the other.
            let ids = (0..<12).map { _ in scene.id() }
            for parity in 0...1 {
                let submittal = try scene.submittal(to: Self.numbers(100, 6))
                let (batch, made) = submittal.accepted(now: .start, expansion: scene.expansion)
                let messages = made.enumerated().map { place, message in
                    Message(
                        id: ids[place * 2 + parity], batch: batch.id, recipient: message.recipient,
                        carriers: message.carriers, state: .queued, changedAt: .start)
                }
                try await scene.store.insert(batch, messages: messages)
                try await scene.store.recordMedia(
                    Scene.picture, for: batch.id, now: .start + .seconds(Double(parity)))
            }
            let first = try await scene.store.claims(recipientsPerRequest: 3, now: .start + .seconds(1)).claims
            #expect(first.map(\.copies.count) == [3, 3, 3, 3])
            _ = try await scene.store.endLeases(except: [], now: Self.later)

            for recipients in [3, 10, 1] {
                let now = Self.later + .seconds(Double(100 * (10 - recipients)))
                let again = try await scene.store.claims(recipientsPerRequest: recipients, now: now).claims
                #expect(Set(again.map(\.transactionID)) == Set(first.map(\.transactionID)))
                #expect(again.map(\.copies.count) == [3, 3, 3, 3])
                for claim in again { try await scene.store.record(SubmissionResult(.answerLost), of: claim, now: now) }
            }
        }
    }
}
