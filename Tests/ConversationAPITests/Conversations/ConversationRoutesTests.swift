import Foundation
import GatewayCore
import HTTPTypes
import Testing

@testable import ConversationAPI

@Suite("Conversations over HTTP")
struct ConversationRoutesTests {
    private let face = Face()

    @Test("a conversation is made, read, changed, stopped and removed")
    func life() async throws {
        let contact = try await face.contact()
        let made = try await face.conversation(with: contact, ["metadata_json": ["order": 7]])
        let path = "conversations/\(made.id)"
        var expected = try Fixture.json("resources/conversation")
        expected["id"] = made["id"]
        expected["contact_id"] = contact["id"]
        expected["metadata_json"] = ["order": 7]
        #expect(made == expected)
        #expect(try await face.call(.get, path).json == made)

        let changed = try await face.call(.patch, path, ["correlation_id": "c-1"])
        #expect(try changed.json["correlation_id"] == "c-1")
        #expect(try await face.call(.get, path).json == changed.json)

        #expect(try await face.call(.post, "\(path):stop").text == "{}")
        #expect(try await face.call(.get, path).json["active"] == false)
        #expect(try await face.call(.post, "\(path):stop").text == "{}")

        #expect(try await face.call(.delete, path).text == "{}")
        for answer in [
            try await face.call(.get, path), try await face.call(.delete, path), try await face.call(.patch, path, [:]),
            try await face.call(.post, "\(path):stop"),
        ] {
            #expect(try answer.refusal == "404 NOT_FOUND")
        }
        #expect(try await face.call(.get, "contacts/\(contact.id)").json == contact)
    }

    @Test("an app has one active conversation with a contact")
    func anotherIsActive() async throws {
        let contact = try await face.contact()
        let first = try await face.conversation(with: contact)
        let second = try await face.conversation(with: contact, ["active": false])
        let ofOtherApp = try await face.conversation(with: contact, ["app_id": .string(Face.curiousApp)])
        let body: JSONValue = ["app_id": .string(Bakery.app), "contact_id": .string(contact.id)]

        for answer in [
            try await face.call(.post, "conversations", body),
            try await face.call(.patch, "conversations/\(second.id)", ["active": true]),
        ] {
            #expect(try answer.refusal == "409 ALREADY_EXISTS")
            #expect(try answer.message.contains(first.id))
        }
        #expect(ofOtherApp["active"] == true)
    }

    @Test("an app that keeps no conversations gets none")
    func dispatch() async throws {
        let contact = try await face.contact()

        let answer = try await face.call(
            .post, "conversations", ["app_id": .string(Face.dispatchApp), "contact_id": .string(contact.id)])

        #expect(try answer.refusal == "400 FAILED_PRECONDITION")
    }

    @Test("metadata is replaced or merged, as the query says")
    func metadata() async throws {
        let conversation = try await face.conversation(
            with: try await face.contact(), ["metadata_json": ["a": 1, "b": ["c": 2]]])
        let path = "conversations/\(conversation.id)"

        let merged = try await face.call(
            .patch, "\(path)?metadata_update_strategy=MERGE_PATCH", ["metadata_json": ["b": ["d": 3], "a": .null]])
        let replaced = try await face.call(
            .patch, "\(path)?update_mask=metadata_json", ["metadata_json": ["e": 4], "metadata": "x"])

        #expect(try merged.json["metadata_json"] == ["b": ["c": 2, "d": 3]])
        #expect(try replaced.json["metadata_json"] == ["e": 4])
        #expect(try replaced.json["metadata"] == "")
    }

    @Test(
        "a conversation that cannot be is refused",
        arguments: [
            ("app_id", nil, "400 INVALID_ARGUMENT"), ("app_id", "x", "400 INVALID_ARGUMENT"),
            ("app_id", .string(Face.nobody), "404 NOT_FOUND"), ("contact_id", nil, "400 INVALID_ARGUMENT"),
            ("contact_id", 7, "400 INVALID_ARGUMENT"), ("contact_id", "x", "404 NOT_FOUND"),
            ("contact_id", .string(Face.nobody), "404 NOT_FOUND"), ("active", "yes", "400 INVALID_ARGUMENT"),
            ("active_channel", "CHANNEL_UNSPECIFIED", "400 INVALID_ARGUMENT"),
            ("metadata_json", "x", "400 INVALID_ARGUMENT"),
            ("metadata_json", ["a": .string(String(repeating: "x", count: 2048))], "400 INVALID_ARGUMENT"),
            ("metadata", .string(String(repeating: "x", count: 1025)), "400 INVALID_ARGUMENT"),
            ("correlation_id", .string(String(repeating: "x", count: 129)), "400 INVALID_ARGUMENT"),
        ] as [(String, JSONValue?, String)])
    func refused(name: String, value: JSONValue?, refusal: String) async throws {
        let contact = try await face.contact()
        var body: JSONValue = ["app_id": .string(Bakery.app), "contact_id": .string(contact.id)]
        body[name] = value

        let answer = try await face.call(.post, "conversations", body)

        #expect(try answer.refusal == refusal)
        let list = try await face.call(.get, "conversations?app_id=\(Bakery.app)")
        #expect(try list.json["total_size"] == 0)
    }

    @Test(
        "a change that cannot be changes nothing",
        arguments: [
            ("?metadata_update_strategy=SHRED", ["metadata_json": [:]]), ("?update_mask=contact_id", [:]),
            ("?update_mask=app_id,metadata", [:]), ("", ["metadata_json": 7]), ("", ["active_channel": "PIGEON"]),
            ("", []),
        ] as [(String, JSONValue)])
    func refusedUpdate(query: String, body: JSONValue) async throws {
        let conversation = try await face.conversation(with: try await face.contact())
        let path = "conversations/\(conversation.id)"

        #expect(try await face.call(.patch, path + query, body).refusal == "400 INVALID_ARGUMENT")
        #expect(try await face.call(.get, path).json == conversation)
    }

    @Test("what another project has does not exist")
    func otherProject() async throws {
        let contact = try await face.contact()
        let conversation = try await face.conversation(with: contact)
        let path = "conversations/\(conversation.id)"
        func refusal(_ method: HTTPRequest.Method, _ path: String, _ body: JSONValue? = nil) async throws -> String {
            try await face.call(method, path, body, project: Face.otherProject).refusal
        }

        #expect(try await refusal(.get, path) == "404 NOT_FOUND")
        #expect(try await refusal(.delete, path) == "404 NOT_FOUND")
        #expect(try await refusal(.patch, path, ["active": false]) == "404 NOT_FOUND")
        #expect(try await refusal(.post, "\(path):stop") == "404 NOT_FOUND")
        #expect(try await face.call(.get, path).json == conversation)
        let list = try await face.call(
            .get, "conversations?contact_id=\(contact.id)", project: Face.otherProject)
        #expect(try list.json["conversations"] == [])
    }

    @Test("nothing can be added to a conversation", arguments: ["inject-message", "inject-event"])
    func inject(verb: String) async throws {
        let conversation = try await face.conversation(with: try await face.contact())

        let answer = try await face.call(.post, "conversations/\(conversation.id):\(verb)", [:])
        let unknown = try await face.call(.post, "conversations/\(Face.nobody):\(verb)", [:])

        #expect(try answer.refusal == "501 UNIMPLEMENTED")
        #expect(try unknown.refusal == "404 NOT_FOUND")
    }
}
