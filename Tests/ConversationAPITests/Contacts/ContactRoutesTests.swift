import Foundation
import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Contacts over HTTP")
struct ContactRoutesTests {
    private let face = Face()

    @Test("a contact is made, read, changed and removed")
    func life() async throws {
        let made = try await face.send(
            .post, "/v1/projects/\(Bakery.project)/contacts",
            body: String(decoding: try Fixture.bytes("requests/contact-create"), as: UTF8.self))
        let contact = try made.json
        var expected = try Fixture.json("resources/contact")
        expected["id"] = contact["id"]
        #expect(made.status == .ok)
        #expect(contact == expected)
        #expect(ULID(contact.id) != nil)
        #expect(try await face.call(.get, "contacts/\(contact.id)").json == contact)

        let changed = try await face.call(.patch, "contacts/\(contact.id)", ["display_name": "Anna"])
        #expect(changed.status == .ok)
        #expect(try changed.json["display_name"] == "Anna")
        #expect(try await face.call(.get, "contacts/\(contact.id)").json == changed.json)

        let removed = try await face.call(.delete, "contacts/\(contact.id)")
        #expect(removed.text == "{}")
        #expect(try await face.call(.get, "contacts/\(contact.id)").refusal == "404 NOT_FOUND")
        #expect(try await face.call(.delete, "contacts/\(contact.id)").refusal == "404 NOT_FOUND")
        #expect(try await face.call(.patch, "contacts/\(contact.id)", [:]).refusal == "404 NOT_FOUND")
    }

    @Test("a mask says which members count, and one that the body does not have goes back to its default")
    func mask() async throws {
        let contact = try await face.contact(["display_name": "Ann", "email": "ann@bakery.example"])

        let named = try await face.call(
            .patch, "contacts/\(contact.id)?update_mask=email", ["display_name": "x", "email": "a@bakery.example"])
        let reset = try await face.call(.patch, "contacts/\(contact.id)?update_mask=display_name", [:])

        #expect(try named.json["display_name"] == "Ann")
        #expect(try named.json["email"] == "a@bakery.example")
        #expect(try reset.json["display_name"] == "Unknown")
        #expect(try reset.json["email"] == "a@bakery.example")
    }

    @Test("a list of identities is replaced as a whole, and those that are given up are free")
    func identities() async throws {
        let contact = try await face.contact()
        let list: JSONValue = ["channel_identities": [Face.identity("+1 202 555 0118", on: .sms)]]

        let changed = try await face.call(.patch, "contacts/\(contact.id)", list)
        let other = try await face.contact()

        #expect(try changed.json["channel_identities"]?.elements.map { $0.word("identity") } == ["12025550118"])
        #expect(other.id != contact.id)
    }

    @Test(
        "an identity that another contact has is refused, and the other one is named",
        arguments: ["12025550117", "+1 (202) 555-0117"])
    func taken(identity: String) async throws {
        let first = try await face.contact()
        let second = try await face.contact(["channel_identities": [Face.identity("12025550118")]])
        let same: JSONValue = ["channel_identities": [Face.identity(identity)], "language": "EN_US"]

        for answer in [
            try await face.call(.post, "contacts", same), try await face.call(.patch, "contacts/\(second.id)", same),
        ] {
            #expect(try answer.refusal == "409 ALREADY_EXISTS")
            #expect(try answer.message == "The identity on the channel MMS is that of the contact \(first.id)")
        }
        #expect(try await face.call(.get, "contacts/\(second.id)").json == second)
    }

    @Test("the same name on another channel, and in another project, is somebody else's")
    func free() async throws {
        let contact = try await face.contact()
        let onSMS = try await face.contact(["channel_identities": [Face.identity("12025550117", on: .sms)]])
        let elsewhere = try await face.contact(project: Face.otherProject)

        #expect(Set([contact.id, onSMS.id, elsewhere.id]).count == 3)
    }

    @Test("two contacts become one, which has the names and the conversations of both")
    func merge() async throws {
        let kept = try await face.contact(["display_name": "Ann"])
        let other = try await face.contact([
            "channel_identities": [Face.identity("12025550117", on: .sms)], "email": "ann@bakery.example",
        ])
        let conversation = try await face.conversation(with: other)

        let merged = try await face.call(
            .post, "contacts/\(kept.id):merge", ["source_id": .string(other.id), "strategy": "MERGE"])

        #expect(merged.status == .ok)
        #expect(try merged.json.id == kept.id)
        #expect(try merged.json["channel_identities"]?.elements.map { $0.word("channel") } == ["MMS", "SMS"])
        #expect(try merged.json["email"] == "ann@bakery.example")
        #expect(try await face.call(.get, "contacts/\(kept.id)").json == merged.json)
        #expect(try await face.call(.get, "contacts/\(other.id)").refusal == "404 NOT_FOUND")
        let moved = try await face.call(.get, "conversations/\(conversation.id)")
        #expect(try moved.json.word("contact_id") == kept.id)
    }

    @Test("a merge that cannot be is refused")
    func refusedMerge() async throws {
        let contact = try await face.contact()
        let many = JSONValue.array((0..<60).map { Face.identity("120255502\(10 + $0)") })
        let more = JSONValue.array((0..<60).map { Face.identity("120255503\(10 + $0)") })
        let crowd = try await face.contact(["channel_identities": many])
        let mob = try await face.contact(["channel_identities": more])

        func merge(_ id: String, _ body: JSONValue) async throws -> String {
            try await face.call(.post, "contacts/\(id):merge", body).refusal
        }

        #expect(try await merge(contact.id, ["source_id": .string(contact.id)]) == "400 INVALID_ARGUMENT")
        #expect(try await merge(contact.id, [:]) == "400 INVALID_ARGUMENT")
        #expect(try await merge(contact.id, ["source_id": "x"]) == "404 NOT_FOUND")
        #expect(try await merge(contact.id, ["source_id": .string(Face.nobody)]) == "404 NOT_FOUND")
        #expect(try await merge(Face.nobody, ["source_id": .string(contact.id)]) == "404 NOT_FOUND")
        let wrong: JSONValue = ["source_id": .string(crowd.id), "strategy": "SPLIT"]
        #expect(try await merge(contact.id, wrong) == "400 INVALID_ARGUMENT")
        #expect(try await merge(crowd.id, ["source_id": .string(mob.id)]) == "400 INVALID_ARGUMENT")
        #expect(try await face.call(.get, "contacts/\(mob.id)").json == mob)
    }

    @Test("a repeat with the same Idempotency-Key makes no second contact, and notifies once")
    func repetition() async throws {
        let body: JSONValue = ["channel_identities": [Face.identity("12025550117")], "language": "EN_US"]

        let first = try await face.call(.post, "contacts", body, key: "once")
        let second = try await face.call(.post, "contacts", body, key: "once")

        #expect(first.status == .ok)
        #expect(first.text == second.text)
        #expect(try await face.notices.count == 2)
    }

    @Test("what another project has does not exist")
    func otherProject() async throws {
        let contact = try await face.contact()
        let own = try await face.contact(project: Face.otherProject)
        let path = "contacts/\(contact.id)"

        for method in [HTTPRequest.Method.get, .patch, .delete] {
            let answer = try await face.call(method, path, method == .patch ? [:] : nil, project: Face.otherProject)
            #expect(try answer.refusal == "404 NOT_FOUND")
        }
        let merge = try await face.call(
            .post, "contacts/\(own.id):merge", ["source_id": .string(contact.id)], project: Face.otherProject)
        #expect(try merge.refusal == "404 NOT_FOUND")
        let list = try await face.call(.get, "contacts", project: Face.otherProject)
        #expect(try list.json["contacts"] == [own])
    }
}
