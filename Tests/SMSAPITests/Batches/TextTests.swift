import DescribedAPI
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

/// What a plan may do that sends texts as MMS, and fills in placeholders of subjects.
@Suite("Texts and subjects")
struct TextTests {
    private let face = Face()

    private func post(_ members: JSON) async throws -> JSON {
        let answer = try await face.call(
            .post, "batches", (["to": ["12025550141"]] as JSON).with(members), plan: "text")
        #expect(answer.status == .created, "\(answer.text)")
        return try answer.json
    }

    @Test("a text without a type is taken, with what its clients need in the answer")
    func plain() async throws {
        let batch = try await post(["body": "Bread at eight"])

        #expect(batch["type"] == "mt_text")
        #expect(batch["body"] == "Bread at eight")
        #expect(batch["flash_message"] == false)
        #expect(batch["from"] == "12025550100")
        #expect(
            batch.names == [
                "id", "to", "from", "canceled", "body", "type", "created_at", "modified_at", "delivery_report",
                "expire_at",
                "feedback_enabled", "flash_message",
            ])
    }

    @Test("what only an SMS has is kept and comes back")
    func options() async throws {
        let options: JSON = [
            "flash_message": true, "max_number_of_message_parts": 3, "truncate_concat": true, "from_ton": 6,
            "from_npi": 18,
        ]

        let batch = try await post(options.with(["type": "mt_text", "body": ""]))

        #expect(batch == batch.with(options))
        #expect(try await face.call(.get, "batches/\(batch.id)", plan: "text").json == batch)
    }

    @Test("an update changes the text and resets its options")
    func update() async throws {
        let old = try await post(["body": "Bread", "max_number_of_message_parts": 3, "flash_message": true])

        let new = try await face.call(
            .post, "batches/\(old.id)",
            ["body": "Cake", "max_number_of_message_parts": nil, "flash_message": nil, "from_ton": 1], plan: "text")

        #expect(
            try new.json
                == old.with(["body": "Cake", "max_number_of_message_parts": nil, "flash_message": false, "from_ton": 1])
        )
    }

    @Test("its reports are those of an SMS")
    func reports() async throws {
        let id = try await post(["body": "Bread"]).id

        let whole = try await face.call(.get, "batches/\(id)/delivery_report", plan: "text").json
        let one = try await face.call(.get, "batches/\(id)/delivery_report/12025550141", plan: "text").json

        #expect(whole["type"] == "delivery_report_sms")
        #expect(one["type"] == "recipient_delivery_report_sms")
    }

    static let faults: [(String, JSON?, String)] = [
        ("body", nil, "constraint_violation"), ("body", ["url": "https://m.example/a"], "invalid_json"),
        ("body", 5, "invalid_json"), ("body", .string(String(repeating: "x", count: 2001)), "constraint_violation"),
        ("max_number_of_message_parts", 0, "constraint_violation"),
        ("max_number_of_message_parts", "3", "invalid_json"),
        ("from_ton", 7, "constraint_violation"), ("from_ton", -1, "constraint_violation"),
        ("from_npi", 19, "constraint_violation"), ("flash_message", "yes", "invalid_json"),
        ("truncate_concat", 1, "invalid_json"),
    ]

    @Test("a fault is refused, in a new batch and in an update", arguments: faults)
    func refused(member: String, value: JSON?, code: String) async throws {
        let old = try await post(["body": "Bread"])
        var body: JSON = ["to": ["12025550141"], "body": "Bread"]
        body[member] = value

        let new = try await face.call(.post, "batches", body, plan: "text")
        #expect(try new.refusal == "400 syntax_\(code)", "\(new.text)")
        guard let value else { return }
        let update = try await face.call(.post, "batches/\(old.id)", .object([member: value]), plan: "text")
        #expect(try update.refusal == "400 syntax_\(code)", "\(update.text)")
    }

    @Test("a number that is no integer is refused")
    func fraction() async throws {
        let answer = try await face.send(
            .post, "/xms/v1/text/batches", token: "text-token",
            body: #"{"to": ["12025550141"], "body": "x", "max_number_of_message_parts": 1.5}"#)

        #expect(try answer.refusal == "400 syntax_invalid_json")
    }

    @Test("binary is refused all the same")
    func binary() async throws {
        let answer = try await face.call(
            .post, "batches", ["to": ["12025550141"], "type": "mt_binary", "body": "AA==", "udh": "00"], plan: "text")

        #expect(try answer.refusal == "403 unsupported_type")
    }

    @Test("values that stand in a subject have nothing that a subject may not have")
    func subject() async throws {
        let body: JSON = ["url": "https://m.example/a", "subject": "Hi ${n}"]
        let request: JSON = ["type": "mt_media", "body": body, "parameters": ["n": ["default": "a\u{7}b"]]]

        let inSubject = try await face.call(
            .post, "batches", (["to": ["12025550141"]] as JSON).with(request), plan: "text")
        let notFilledIn = try await face.call(.post, "batches", Face.goodBody.with(request))

        #expect(try inSubject.refusal == "400 syntax_constraint_violation")
        #expect(inSubject.text.contains("'parameters.n': must not have control characters"))
        #expect(notFilledIn.status == .created)
    }

    @Test("the store knows whether the subject has placeholders", arguments: [("text", true), ("shop", false)])
    func template(plan: String, isTemplate: Bool) async throws {
        let id = try await face.batch(["body": ["url": "https://m.example/a", "subject": "Hi ${n}"]], plan: plan).id

        let batch = try await face.store.batch(try #require(ULID(id)), of: .servicePlan(plan))

        #expect(batch?.order.content.isSubjectTemplate == isTemplate)
    }
}
