import Doubles
import Foundation
import GatewayCore
import Testing

/// A store gives everybody a turn.
enum TurnPromises {
    private static func numbers(_ range: Range<Int>) -> [String] { range.map { "1202555\(1000 + $0)" } }

    static let all = Promise.list("A store gives everybody a turn") {
        Promise("one message behind a large batch is among the first") { scene in
            try await scene.due(to: numbers(0..<1000))
            let single = try await scene.due(to: ["12025550101"])

            let claims = try await scene.store.claims(limit: 4, now: .start)

            #expect(claims.claims.filter { $0.batch == single.id }.count == 1)
        }
        Promise("a customer's queue does not hold up another's") { scene in
            for first in [0, 5, 10] { try await scene.due(to: numbers(first..<first + 5)) }
            let other = try await scene.due(to: numbers(0..<5), of: .servicePlan("plan2"))

            var share = SubmissionShare()
            var taken: [Batch.ID] = []
            for _ in 0..<6 {
                let found = try await scene.store.claims(limit: 1, share: share, now: .start)
                for claim in found.claims { share.take(claim.queue) }
                taken += found.claims.map(\.batch)
            }

            #expect(taken.filter { $0 == other.id }.count == 3)
        }
        Promise("equal batches of a customer go one after the other") { scene in
            let first = try await scene.due(to: numbers(0..<3))
            try await scene.due(to: numbers(3..<6))

            #expect(Set(try await scene.claims(limit: 3).map(\.batch)) == [first.id])
        }
    }
}
