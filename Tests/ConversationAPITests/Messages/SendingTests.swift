import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("messages:send")
struct SendingTests {
    private let face = Face()

    @Test(
        "every kind of message is taken",
        arguments: [
            "send-text", "send-media-strict", "send-card", "send-choice", "send-carousel", "send-location", "send-list",
            "send-contact-info", "send-template",
        ])
    func kinds(name: String) async throws {
        let id = try await face.sent(name)

        let message = try await face.call(.get, "messages/\(id)").json
        #expect(message.id == id)
        #expect(message.word("direction") == "TO_CONTACT")
        #expect(message["app_message"] == (try Fixture.json("requests/\(name)")["message"]))
        #expect(message.word("processing_mode") == "CONVERSATION")
    }

    @Test("the answer has the message's id and the time that lists have")
    func answer() async throws {
        let answer = try await face.call(.post, "messages:send", try Face.send()).json

        #expect(answer.members.map(\.name) == ["message_id", "accepted_time"])
        #expect(answer.word("accepted_time") == "2026-04-02T09:30:00.250Z")
        let message = try await face.call(.get, "messages/\(answer.word("message_id"))").json
        #expect(message.word("accept_time") == answer.word("accepted_time"))
    }

    @Test("where contacts are kept, somebody new becomes one, and a conversation begins")
    func conversation() async throws {
        let first = try await face.call(.get, "messages/\(try await face.sent())").json
        let second = try await face.call(.get, "messages/\(try await face.sent())").json

        #expect(first.word("contact_id").count == 26)
        #expect(first.word("contact_id") == second.word("contact_id"))
        #expect(first.word("conversation_id") == second.word("conversation_id"))
        let contact = try await face.call(.get, "contacts/\(first.word("contact_id"))").json
        #expect(contact["channel_identities"]?.elements == [Face.identity("12025550117").withApp])
        let notices = try await face.notices
        #expect(notices.contains("CONTACT_CREATE of \(Bakery.app)"))
        #expect(notices.contains("CONVERSATION_START of \(Bakery.app)"))
        #expect(notices.filter { $0.hasPrefix("CONVERSATION_START") }.count <= 2)
    }

    @Test("a conversation has the metadata and the correlation id of the last message")
    func metadata() async throws {
        _ = try await face.sent { $0["conversation_metadata"] = ["order": ["id": 12], "oven": 3] }
        let id = try await face.sent { body in
            body["conversation_metadata"] = ["oven": .null, "tray": "top"]
            body["conversation_metadata_update_strategy"] = "MERGE_PATCH"
            body["correlation_id"] = "oven-4"
        }

        let message = try await face.call(.get, "messages/\(id)").json
        let conversation = try await face.call(.get, "conversations/\(message.word("conversation_id"))").json
        #expect(conversation["metadata_json"] == ["order": ["id": 12], "tray": "top"])
        #expect(conversation.word("correlation_id") == "oven-4")
    }

    @Test("to a contact by its id, which has a name on the channel")
    func contact() async throws {
        let contact = try await face.contact()
        let id = try await face.sent { $0["recipient"] = ["contact_id": .string(contact.id)] }

        let message = try await face.call(.get, "messages/\(id)").json
        #expect(message.word("contact_id") == contact.id)
        #expect(message["channel_identity"]?.word("identity") == "12025550117")
    }

    @Test("an unknown contact is a receipt, and so is whatever else is found after the message was accepted")
    func failures() async throws {
        _ = try await face.sent { $0["recipient"] = ["contact_id": .string(Face.nobody)] }
        _ = try await face.sent("send-list")
        _ = try await face.sent { $0["channel_priority_order"] = ["MMS", "SMS"] }

        #expect(
            try await face.told.sorted() == [
                "FAILED CHANNEL_CONFIGURATION_MISSING", "FAILED CONTACT_NOT_FOUND", "FAILED UNSUPPORTED_OPERATION",
            ])
    }

    @Test("DISPATCH_ONLY keeps neither contact nor conversation")
    func dispatchOnly() async throws {
        _ = try await face.sent { $0["processing_strategy"] = "DISPATCH_ONLY" }

        #expect(try await face.call(.get, "contacts").json["contacts"] == [])
        #expect(try await face.notices == [])
    }

    @Test("a repeat under one key is one message")
    func repeated() async throws {
        let first = try await face.call(.post, "messages:send", try Face.send(), key: "k-1")
        let second = try await face.call(.post, "messages:send", try Face.send(), key: "k-1")
        let other = try await face.call(.post, "messages:send", try Face.send("send-card"), key: "k-1")

        #expect(first.text == second.text)
        #expect(try other.refusal == "409 ALREADY_EXISTS")
        #expect(try await face.storedMessages == 1)
    }

    @Test("a full queue refuses the message, by whichever limit", arguments: [true, false])
    func full(isOwn: Bool) async throws {
        var face = face
        if isOwn { face.limits.queuedMessagesOfApp = 1 } else { face.limits.queuedMessages = 1 }
        _ = try await face.sent()

        let answer = try await face.call(.post, "messages:send", try Face.send())

        #expect(try answer.refusal == "429 RESOURCE_EXHAUSTED")
        #expect(try await face.storedMessages == 1)
    }
}

extension JSONValue {
    /// An identity as the API prints it.
    var withApp: JSONValue {
        var identity = self
        identity["app_id"] = ""
        return identity
    }
}
