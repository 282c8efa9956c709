import CustomerServing
import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("What the Batch API refuses")
struct BatchRefusalTests {
    private let face = Face.sending()

    private static let faults: [(String, @Sendable (inout JSONValue) -> Void, String)] = [
        ("no app", { $0["app_id"] = nil }, "400 INVALID_ARGUMENT"),
        ("an app id that is none", { $0["app_id"] = "bakery" }, "400 INVALID_ARGUMENT"),
        ("an unknown app", { $0["app_id"] = .string(Face.nobody) }, "404 NOT_FOUND"),
        ("no message", { $0["message"] = nil }, "400 INVALID_ARGUMENT"),
        ("a list of messages", { $0["messages"] = [] }, "400 INVALID_ARGUMENT"),
        ("two bodies", { $0["message"]?["text_message"] = ["text": "a"] }, "400 INVALID_ARGUMENT"),
        ("no recipients", { $0["recipient_and_params"] = [] }, "400 INVALID_ARGUMENT"),
        ("recipients of a wrong type", { $0["recipient_and_params"] = "all" }, "400 INVALID_ARGUMENT"),
        (
            "too many recipients", { $0["recipient_and_params"] = Batches.text(to: 1001)["recipient_and_params"] },
            "400 INVALID_ARGUMENT"
        ),
        (
            "both forms of a recipient",
            { body in
                var entry = body["recipient_and_params"]?.elements.first ?? .null
                entry["recipient"]?["contact_id"] = .string(Face.nobody)
                body["recipient_and_params"] = .array([entry])
            }, "400 INVALID_ARGUMENT"
        ),
        ("metadata as a text", { $0["message_metadata"] = "text" }, "400 INVALID_ARGUMENT"),
        (
            "metadata that is too long",
            { $0["message_metadata"] = ["a": .string(String(repeating: "x", count: 1000))] },
            "400 INVALID_ARGUMENT"
        ),
        ("an unknown channel", { $0["channel_priority_order"] = ["PIGEON"] }, "400 INVALID_ARGUMENT"),
        ("a life that is too short", { $0["ttl"] = "2s" }, "400 INVALID_ARGUMENT"),
        ("a time that is none", { $0["send_after"] = "soon" }, "400 INVALID_ARGUMENT"),
        ("a time too far ahead", { $0["send_after"] = "2026-04-09T09:30:01Z" }, "400 INVALID_ARGUMENT"),
    ]

    @Test("a batch that is wrong is refused and nothing is kept", arguments: faults)
    func batch(name: String, spoil: @Sendable (inout JSONValue) -> Void, refusal: String) async throws {
        let body = try Batches.request(spoil)

        #expect(try await face.batches(.post, "messages", body).refusal == refusal)

        #expect(try await face.batches(.get, "messages?metadataKey=week&metadataValue=12").text == "[]")
        #expect(try await face.notices.isEmpty)
    }

    @Test("a contact goes with apps that keep contacts alone")
    func contactOfDispatchApp() async throws {
        let body = Batches.text(to: 1) { body in
            body["app_id"] = .string(Face.dispatchApp)
            body["recipient_and_params"] = [["recipient": ["contact_id": .string(Face.nobody)]]]
        }

        let answer = try await face.batches(.post, "messages", body)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.contains("recipient_and_params[0].recipient.contact_id"))
    }

    @Test("where not all of it has room, none of it is taken")
    func queueLimit() async throws {
        var narrow = face
        narrow.limits = ConversationAPI.Limits(queuedMessagesOfApp: 3)
        _ = try await narrow.sendBatch(try Batches.request())

        #expect(try await narrow.batches(.post, "messages", try Batches.request()).refusal == "429 RESOURCE_EXHAUSTED")

        // Those that were made count like those that are still to be made.
        try await narrow.makeMessages()
        #expect(try await narrow.batches(.post, "messages", Batches.text(to: 2)).status == .ok)
        #expect(try await narrow.batches(.post, "messages", Batches.text(to: 1)).refusal == "429 RESOURCE_EXHAUSTED")
    }

    @Test("another project has no part in it")
    func otherProject() async throws {
        let batch = try await face.sendBatch(try Batches.request { $0["send_after"] = "2026-04-02T10:00:00Z" })
        let other = Face.otherProject

        #expect(
            try await face.batches(.post, "messages", try Batches.request(), project: other).refusal == "404 NOT_FOUND")
        #expect(try await face.batches(.get, "messages/\(batch)", project: other).refusal == "404 NOT_FOUND")
        #expect(
            try await face.batches(.get, "messages?metadataKey=week&metadataValue=12", project: other).text == "[]")
        _ = try await face.batches(.delete, "messages", ["batch_id": .string(batch)], project: other)
        _ = try await face.batches(
            .delete, "messages", ["metadata_key": "week", "metadata_value": "12"], project: other)
        #expect(try await face.status(of: batch) == "SCHEDULED")
    }

    @Test("calls of other kinds")
    func calls() async throws {
        let cases: [(HTTPRequest.Method, String, JSONValue?, String)] = [
            (.get, "messages", nil, "400 INVALID_ARGUMENT"),
            (.get, "messages?metadataKey=week", nil, "400 INVALID_ARGUMENT"),
            (.get, "messages/no-id", nil, "404 NOT_FOUND"),
            (.get, "messages/\(Face.nobody)", nil, "404 NOT_FOUND"),
            (.delete, "messages", [:], "400 INVALID_ARGUMENT"),
            (.delete, "messages", ["metadata_key": "week"], "400 INVALID_ARGUMENT"),
            (.put, "messages", [:], "501 UNIMPLEMENTED"),
            (.post, "consents", [:], "501 UNIMPLEMENTED"),
            (.post, "messages:send", [:], "404 NOT_FOUND"),
            (.get, "apps", nil, "404 NOT_FOUND"),
        ]
        for (method, path, body, refusal) in cases {
            #expect(try await face.batches(method, path, body).refusal == refusal, "\(method) \(path)")
        }
    }

    @Test("a repeat with the same key gets the same answer, and is no second batch")
    func idempotency() async throws {
        let body = try Batches.request()
        let first = try await face.batches(.post, "messages", body, key: "k")
        let second = try await face.batches(.post, "messages", body, key: "k")

        #expect(first.text == second.text)
        #expect(try await face.batches(.get, "messages?metadataKey=week&metadataValue=12").json.elements.count == 1)
        #expect(
            try await face.batches(.post, "messages", Batches.text(to: 1), key: "k").refusal == "409 ALREADY_EXISTS")
    }
}
