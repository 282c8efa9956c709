import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@Suite("Replacement of batches")
struct ReplaceTests {
    private let face = Face()

    @Test("the id and the age stay, all else is new or takes its default")
    func replaced() async throws {
        let old = try await face.batch([
            "to": ["12025550142", "12025550143"], "from": "Bakery", "delivery_report": "full",
            "send_at": "2026-04-03T00:00Z", "callback_url": "https://x.example/", "client_reference": "easter",
            "feedback_enabled": true, "parameters": ["n": ["default": "you"]], "strict_validation": false,
        ])
        face.clock.advance(by: .seconds(60))

        let answer = try await face.call(.put, "batches/\(old.id)", Face.goodBody)

        #expect(answer.status == .ok)
        #expect(
            try answer.json == [
                "id": .string(old.id), "to": ["12025550141"], "from": "12025550100", "canceled": false,
                "body": ["url": "https://media.bakery.example/cake.jpg"], "type": "mt_media",
                "created_at": "2026-04-02T09:30:00.250Z", "modified_at": "2026-04-02T09:31:00.250Z",
                "delivery_report": "none", "expire_at": "2026-04-05T09:31:00.250Z", "feedback_enabled": false,
            ])
        #expect(try await face.call(.get, "batches/\(old.id)").json == answer.json)
        #expect(try await face.recipients(of: old.id) == ["12025550141"])
        #expect(try await face.batchCount == 1)
    }

    @Test("a batch may become one of another type, and back")
    func type() async throws {
        let old = try await face.batch(plan: "text")
        let text: JSON = ["to": ["12025550141"], "body": "Bread at eight", "flash_message": true]

        let asText = try await face.call(.put, "batches/\(old.id)", text, plan: "text").json
        let asMedia = try await face.call(.put, "batches/\(old.id)", Face.goodBody, plan: "text").json

        #expect(asText["type"] == "mt_text")
        #expect(asText["body"] == "Bread at eight")
        #expect(asText["flash_message"] == true)
        #expect(asMedia == old)
    }

    @Test("a fault is refused as for a new batch, and nothing has changed", arguments: Fault.all)
    func faults(_ fault: Fault) async throws {
        let old = try await face.batch()
        var body = Face.goodBody
        body[fault.member] = fault.value

        let answer = try await face.call(.put, "batches/\(old.id)", body)

        #expect(answer.status.code == fault.status)
        #expect(try answer.json["code"] == .string(fault.code))
        #expect(try await face.call(.get, "batches/\(old.id)").json == old)
    }

    @Test("of replacements at the same time one stands, whole")
    func atTheSameTime() async throws {
        let old = try await face.batch()
        let bodies = try (0..<6).map { try Face.goodBody.with(["to": [.string("1202555015\($0)")]]).text }

        let statuses = try await face.session { caller in
            try await withThrowingTaskGroup { group in
                for body in bodies {
                    group.addTask {
                        try await caller.send(.put, "/xms/v1/shop/batches/\(old.id)", body: body).status
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }

        #expect(statuses.allSatisfy { $0 == .ok }, "\(statuses)")
        let stands = try await face.call(.get, "batches/\(old.id)").json
        #expect(try await face.recipients(of: old.id) == stands["to"]?.strings)
    }
}
