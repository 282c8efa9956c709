import Doubles
import Foundation
import GatewayCore
import Testing

/// A release may be recorded twice, where nobody knew whether the first record was kept.
enum ReleasePromises {
    static let all = Promise.list("A store takes a release once") {
        Promise("a second one leaves the claim alone that followed, which has the same number") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let first = try await scene.claim()
            try await scene.store.record(SubmissionResult(.released), of: first, now: .start)
            let second = try await scene.claim(now: .start + .seconds(1))
            #expect(second.attempt == first.attempt)

            try await scene.store.record(SubmissionResult(.released), of: first, now: .start + .seconds(2))

            #expect(try await scene.message(in: batch).state == .submitting)
            #expect(try await scene.claims(now: .start + .seconds(2)).isEmpty)
            try await scene.store.record(SubmissionResult(.released), of: second, now: .start + .seconds(3))
            #expect(try await scene.message(in: batch).state == .queued)
            #expect(try await scene.message(in: batch).attempts == 0)
        }
        Promise("a second one while nobody has the message changes nothing") { scene in
            let batch = try await scene.due(to: ["12025550101"])
            let claim = try await scene.claim()

            for _ in 1...2 { try await scene.store.record(SubmissionResult(.released), of: claim, now: .start) }

            #expect(try await scene.message(in: batch).state == .queued)
            #expect(try await scene.message(in: batch).attempts == 0)
        }
    }
}
