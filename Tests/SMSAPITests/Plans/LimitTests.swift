import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SMSAPI
import Testing

@Suite("Limits")
struct LimitTests {
    @Test("a plan that calls too often learns when to come again, and may then")
    func rate() async throws {
        let face = Face()
        try await face.session { (caller: Caller) async throws in
            func call() async throws -> TestResponse {
                try await caller.send(.get, "/xms/v1/slow/batches", token: "slow-token")
            }
            for _ in 0..<2 { #expect(try await call().status == .ok) }

            for _ in 0..<2 {
                let refused = try await call()
                #expect(try refused.refusal == "429 too_many_requests")
                #expect(refused.headers[.retryAfter] == "1")
            }
            face.clock.advance(by: .milliseconds(500))
            #expect(try await call().status == .ok)
            #expect(try await call().status == .tooManyRequests)
            face.clock.advance(by: .seconds(3600))
            #expect(try await [call(), call(), call()].map(\.status.code) == [200, 200, 429])
        }
    }

    @Test("the limit of one plan is not that of another, and a wrong token takes nothing from it")
    func independent() async throws {
        let face = Face()
        try await face.session { (caller: Caller) async throws in
            for _ in 0..<5 {
                #expect(try await caller.send(.get, "/xms/v1/slow/batches", token: "x").status == .unauthorized)
                #expect(try await caller.send(.get, "/xms/v1/shop/batches").status == .ok)
            }
            #expect(try await caller.send(.get, "/xms/v1/slow/batches", token: "slow-token").status == .ok)
        }
    }

    @Test("a full queue takes nothing more until something has left")
    func queue() async throws {
        var face = Face()
        face.limits.queuedMessages = 3
        let two: JSON = ["to": ["12025550141", "12025550142"]]
        let first = try await face.batch(two).id

        let full = try await face.call(.post, "batches", Face.goodBody.with(two), key: "k")
        let longer = try await face.call(
            .post, "batches/\(first)", ["to_add": ["12025550143", "12025550144"]])
        let replaced = try await face.call(.put, "batches/\(first)", Face.goodBody.with(two))

        for refused in [full, longer] {
            #expect(try refused.refusal == "503 queue_full")
            #expect(refused.headers[.retryAfter] == "5")
        }
        #expect(replaced.status == .ok)
        #expect(try await face.batchCount == 1)
        try await face.submit(first)
        #expect(try await face.call(.post, "batches", Face.goodBody.with(two), key: "k").status == .created)
    }

    @Test("a cancellation makes room, whether the batch had begun or not", arguments: [nil, "2026-04-03T00:00Z"])
    func cancelled(sendAt: String?) async throws {
        var face = Face()
        face.limits.queuedMessages = 1
        let first = try await face.batch(["send_at": sendAt.map { .string($0) } ?? .null]).id
        #expect(try await face.call(.post, "batches", Face.goodBody).refusal == "503 queue_full")

        _ = try await face.call(.delete, "batches/\(first)")

        #expect(try await face.call(.post, "batches", Face.goodBody).status == .created)
    }

    @Test("a repeat of what was taken gets its answer from a full queue too")
    func repeatWhenFull() async throws {
        var face = Face()
        face.limits.queuedMessages = 1
        let body = try Face.goodBody.text
        let first = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k")

        let second = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k")

        #expect(second.text == first.text)
    }
}
