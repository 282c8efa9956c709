import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Idempotency-Key")
struct IdempotencyTests {
    private let face = Face()

    @Test(
        "the same key and request get the same answer, and nothing is done again",
        arguments: [
            ("batches", Face.goodBody), ("groups", ["name": "Regulars", "members": ["12025550141"]]),
            ("batches/dry_run", Face.goodBody),
        ] as [(String, JSON)])
    func same(path: String, body: JSON) async throws {
        let text = try body.text
        let first = try await face.send(.post, "/xms/v1/shop/\(path)", body: text, key: "k-1")
        face.clock.advance(by: .seconds(3600))

        let second = try await face.send(.post, "/xms/v1/shop/\(path)", body: text, key: "k-1")

        #expect(second.status == first.status)
        #expect(second.text == first.text)
        #expect(second.headers[.contentType] == first.headers[.contentType])
        #expect(try await face.batchCount == (path == "batches" ? 1 : 0))
    }

    @Test("an update or feedback that is repeated is answered as the first was")
    func changes() async throws {
        let id = try await face.batch(["feedback_enabled": true]).id
        let update: JSON = ["to_add": ["12025550142"]]

        let first = try await face.call(.post, "batches/\(id)", update, key: "k-1")
        face.clock.advance(by: .seconds(60))
        let second = try await face.call(.post, "batches/\(id)", update, key: "k-1")

        #expect(first.status == .ok)
        #expect(second.text == first.text)
        for _ in 0..<2 {
            let answer = try await face.call(
                .post, "batches/\(id)/delivery_feedback", ["recipients": []], key: "k-2")
            #expect(answer.status == .accepted)
            #expect(answer.text.isEmpty)
        }
    }

    @Test("the same key with anything else is refused")
    func other() async throws {
        let body = try Face.goodBody.text
        _ = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k-1")

        for (path, body) in [
            ("batches", try Face.goodBody.with(["client_reference": "x"]).text), ("batches", body + " "),
            ("batches/dry_run", body), ("batches?x=1", body), ("groups", "{}"),
        ] {
            let answer = try await face.send(.post, "/xms/v1/shop/\(path)", body: body, key: "k-1")
            #expect(try answer.refusal == "409 idempotency_key_reused")
        }
        #expect(try await face.batchCount == 1)
    }

    @Test("another key is another request, and so is the key of another plan")
    func independent() async throws {
        let body = Face.goodBody
        let first = try await face.call(.post, "batches", body, key: "k-1")
        let otherKey = try await face.call(.post, "batches", body, key: "k-2")
        let otherPlan = try await face.call(.post, "batches", body, plan: "bare", key: "k-1")

        #expect(Set([try first.json.id, try otherKey.json.id, try otherPlan.json.id]).count == 3)
    }

    @Test("after thirty days the key is forgotten")
    func forgotten() async throws {
        let body = try Face.goodBody.text
        let first = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k-1")
        face.clock.advance(by: .seconds(30 * 86_400 - 1))
        let before = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k-1")
        face.clock.advance(by: .seconds(1))
        let after = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k-1")
        let again = try await face.send(.post, "/xms/v1/shop/batches", body: body, key: "k-1")

        #expect(before.text == first.text)
        #expect(after.status == .created)
        #expect(try after.json.id != first.json.id)
        #expect(again.text == after.text)
    }

    @Test("what was refused may be sent anew with its key")
    func refused() async throws {
        let refusals = [
            Face.goodBody.with(["to": []]), Face.goodBody.with(["to": ["01KN6MZ5G0BAKERY0000000001"]]),
            Face.goodBody.with(["type": "mt_binary"]),
        ]
        for body in refusals {
            #expect(try await face.call(.post, "batches", body, key: "k-1").status.code >= 400)
        }

        #expect(try await face.call(.post, "batches", Face.goodBody, key: "k-1").status == .created)
    }

    @Test("of two at the same time one is done, and both get its answer", arguments: ["batches", "groups"])
    func atTheSameTime(path: String) async throws {
        let body = try (path == "batches" ? Face.goodBody : ["name": "Regulars"]).text

        let answers = try await face.session { caller in
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        let answer = try await caller.send(.post, "/xms/v1/shop/\(path)", body: body, key: "k-1")
                        return "\(answer.status.code) \(answer.text)"
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
        }

        #expect(answers.count == 1)
        #expect(answers.first?.hasPrefix("201 ") == true, "\(answers)")
        #expect(try await face.call(.get, path).json["count"] == 1)
    }

    @Test("a repeat that comes between the look at the keys and the commit finds the first answer, not its own name")
    func betweenLookAndCommit() async throws {
        let owner = Owner.servicePlan("shop")
        let kept = KeptAnswer(owner: owner, key: "k", request: "f", status: 201, body: Array("{}".utf8), at: Face.now)
        let groups = [2, 3].map {
            Group(id: ULID(high: 1, low: $0), owner: owner, name: "Regulars", createdAt: Face.now)
        }

        _ = try await face.store.insert(groups[0], members: [], keeping: kept)
        let second = try await face.store.insert(groups[1], members: [], keeping: kept)

        #expect(second == .answered(kept))
    }

    @Test("a key is 1 to 255 printable characters", arguments: ["", "é", String(repeating: "k", count: 256), "a\tb"])
    func malformed(key: String) async throws {
        let answer = try await face.call(.post, "batches", Face.goodBody, key: key)

        #expect(try answer.refusal == "400 syntax_constraint_violation")
        #expect(answer.text.contains("'Idempotency-Key'"))
        #expect(try await face.batchCount == 0)
    }

    @Test("other methods have no use for a key")
    func otherMethods() async throws {
        let id = try await face.batch().id

        for reference in ["a", "b"] {
            let body = Face.goodBody.with(["client_reference": .string(reference)])
            let answer = try await face.call(.put, "batches/\(id)", body, key: "k-1")
            #expect(try answer.json["client_reference"] == .string(reference))
        }
        #expect(try await face.call(.get, "batches", key: "k-1").json["count"] == 1)
    }
}
