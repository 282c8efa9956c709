import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Requests for contacts that are refused")
struct ContactRefusalTests {
    private let face = Face()

    private static let good: JSONValue = [
        "channel_identities": [["channel": "MMS", "identity": "12025550117"]], "language": "EN_US",
    ]

    @Test(
        "a contact that cannot be is not made, and the fault is named",
        arguments: [
            ("channel_identities", nil, "'channel_identities': must be present"),
            ("channel_identities", [], "'channel_identities': size must be between 1 and 100, and is 0"),
            ("channel_identities", "MMS", "'channel_identities': must be an array"),
            ("channel_identities", [7], "'channel_identities[0]': must be an object"),
            ("channel_identities", [["channel": "MMS"]], "'channel_identities[0].identity': must be present"),
            (
                "channel_identities", [["channel": "MMS", "identity": ""]],
                "'channel_identities[0].identity': must not be empty"
            ),
            (
                "channel_identities", [["channel": "MMS", "identity": 12_025_550_117]],
                "'channel_identities[0].identity': must be a string"
            ),
            (
                "channel_identities", [["channel": "PIGEON", "identity": "1"]],
                "'channel_identities[0].channel': must be one of MMS, "
            ),
            (
                "channel_identities",
                [
                    ["channel": "MMS", "identity": "12025550117"], ["channel": "MMS", "identity": "+1 202 555 0117"],
                ], "'channel_identities[1]': is there a second time"
            ),
            ("channel_priority", ["PIGEON"], "'channel_priority[0]': must be one of MMS, "),
            ("language", nil, "'language': must be present"), ("language", "english", "'language': must be a language"),
            ("display_name", 7, "'display_name': must be a string"),
            ("metadata", .string(String(repeating: "x", count: 1025)), "'metadata': has 1025 characters, the limit is"),
            (
                "external_id", .string(String(repeating: "x", count: 257)),
                "'external_id': has 257 characters, the limit is"
            ),
        ] as [(String, JSONValue?, String)])
    func create(name: String, value: JSONValue?, fault: String) async throws {
        var body = Self.good
        body[name] = value

        let answer = try await face.call(.post, "contacts", body)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.hasPrefix(fault))
        #expect(try await face.call(.get, "contacts").json["contacts"] == [])
    }

    @Test(
        "a change that makes what no contact may be changes nothing",
        arguments: [
            ("", ["channel_identities": []], "'channel_identities': size must be between 1 and 100, and is 0"),
            ("?update_mask=channel_identities", [:], "'channel_identities': must be present"),
            ("", ["language": "english"], "'language': must be a language"),
            ("?update_mask=name", ["name": "Ann"], "'update_mask': 'name' must be one of channel_identities, "),
            ("?update_mask=id", [:], "'update_mask': 'id' must be one of "),
            ("?update_mask=email,shoe_size", [:], "'update_mask': 'shoe_size' must be one of "),
            ("?update_mask.paths=shoe_size", [:], "'update_mask': 'shoe_size' must be one of "),
            ("", [], "The request must be an object"),
        ] as [(String, JSONValue, String)])
    func update(query: String, body: JSONValue, fault: String) async throws {
        let contact = try await face.contact()

        let answer = try await face.call(.patch, "contacts/\(contact.id)\(query)", body)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.hasPrefix(fault))
        #expect(try await face.call(.get, "contacts/\(contact.id)").json == contact)
    }

    @Test("a mask that names nothing is none")
    func emptyMask() async throws {
        let contact = try await face.contact()

        for query in ["?update_mask=", "?update_mask=,"] {
            let answer = try await face.call(.patch, "contacts/\(contact.id)\(query)", ["display_name": .string(query)])
            #expect(try answer.json.word("display_name") == query)
        }
    }

    @Test(
        "a query that cannot be is refused",
        arguments: [
            ("contacts?page_size=21", "'page_size': must be 0 to 20"),
            ("contacts?page_size=-1", "'page_size': must be 0"),
            ("contacts?page_size=ten", "'page_size': must be an integer"),
            ("contacts?page_token=x", "'page_token': is no next_page_token of this list"),
            ("contacts?channel=MMS", "'identity': must be present with channel"),
            ("contacts?identity=12025550117", "'channel': must be present with identity"),
            ("contacts?external_id=a&channel=MMS&identity=1", "'external_id': must be present without channel"),
            ("contacts?channel=PIGEON&identity=1", "'channel': must be one of MMS, "),
            ("contacts:identityConflicts?page_size=21", "'page_size': must be 0 to 20"),
            ("contacts:identityConflicts?page_token=x", "'page_token': is no next_page_token of this list"),
            ("contacts:identityConflicts?page_token=I!", "'page_token': is no next_page_token of this list"),
        ])
    func list(path: String, fault: String) async throws {
        let answer = try await face.call(.get, path)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.hasPrefix(fault))
    }

    @Test("a token goes on in the list that gave it, and in no other")
    func tokens() async throws {
        let id = try #require(ULID(Face.nobody))
        let tokens: [PageToken.List: String] = [
            .contacts: PageToken(behind: id, of: .contacts).text, .messages: PageToken(behind: id, of: .messages).text,
            .conversations: PageToken(behind: id, of: .conversations).text,
        ]

        for (list, token) in tokens {
            let answer = try await face.call(.get, "contacts?page_token=\(token)")
            #expect(answer.status == (list == .contacts ? .ok : .badRequest))
            #expect(try await face.call(.get, "contacts:identityConflicts?page_token=\(token)").status == .badRequest)
        }
    }

    @Test(
        "an id that nothing has is not found",
        arguments: [Face.nobody, "x", "0", "01kn6mz5g0n0b0dy0000000001", "%00", "%FF", "a%2Fb"])
    func unknown(id: String) async throws {
        for method in [HTTPRequest.Method.get, .delete] {
            #expect(try await face.call(method, "contacts/\(id)").refusal == "404 NOT_FOUND")
        }
        #expect(try await face.call(.patch, "contacts/\(id)", [:]).refusal == "404 NOT_FOUND")
    }

    @Test("a body has to be JSON, and to say so")
    func notJSON() async throws {
        let path = "/v1/projects/\(Bakery.project)/contacts"
        let contact = try await face.contact()

        for (method, path) in [(HTTPRequest.Method.post, path), (.patch, "\(path)/\(contact.id)")] {
            #expect(try await face.send(method, path, body: "{").refusal == "400 INVALID_ARGUMENT")
            #expect(try await face.send(method, path, type: "text/plain", body: "{}").refusal == "400 INVALID_ARGUMENT")
            #expect(try await face.send(method, path, body: "").refusal == "400 INVALID_ARGUMENT")
        }
    }

    @Test("a method that a path does not have is not implemented")
    func methods() async throws {
        #expect(try await face.call(.put, "contacts", Self.good).refusal == "501 UNIMPLEMENTED")
        #expect(try await face.call(.get, "contacts:getChannelProfile").refusal == "501 UNIMPLEMENTED")
        #expect(try await face.call(.get, "contacts:unknown").refusal == "404 NOT_FOUND")
    }
}
