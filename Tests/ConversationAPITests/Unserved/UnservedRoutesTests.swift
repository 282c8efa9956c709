import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("What MMS has nothing of")
struct UnservedRoutesTests {
    private let face = Face()

    @Test(
        "a list is empty",
        arguments: [
            ("v1", "events", "events"), ("v1", "templates", "templates"), ("v2", "templates", "templates"),
            ("v1", "apps/\(Bakery.app)/consents/OPT_OUT_ALL", "identities"),
            ("v1", "apps/\(Bakery.app)/consents/OPT_OUT_MARKETING?page_size=50", "identities"),
        ])
    func lists(version: String, path: String, name: String) async throws {
        let answer = try await face.call(.get, path, version: version)

        #expect(answer.status == .ok)
        #expect(answer.text == #"{"\#(name)":[],"next_page_token":""}"#)
    }

    @Test(
        "an id is nobody's",
        arguments: [
            (HTTPRequest.Method.get, "v1", "events/\(Face.nobody)"), (.delete, "v1", "events/\(Face.nobody)"),
            (.get, "v1", "templates/x"), (.put, "v1", "templates/x"), (.delete, "v1", "templates/x"),
            (.get, "v2", "templates/x"), (.put, "v2", "templates/x"), (.delete, "v2", "templates/x"),
            (.get, "v2", "templates/x/translations"), (.get, "v1", "settings"), (.delete, "v1", "settings"),
            (.get, "v1", "apps/\(Face.nobody)/consents/OPT_OUT_ALL"),
            (.get, "v1", "apps/\(Face.nobody)/consents/identities/12025550117"), (.get, "v2", "messages"),
            (.get, "v1", "nothing"),
        ])
    func unknown(method: HTTPRequest.Method, version: String, path: String) async throws {
        let answer = try await face.call(method, path, method == .put ? [:] : nil, version: version)

        #expect(try answer.refusal == "404 NOT_FOUND")
    }

    @Test(
        "to make something says that it is not possible, and why",
        arguments: [
            (HTTPRequest.Method.post, "v1", "events:send"), (.post, "v1", "templates"), (.post, "v2", "templates"),
            (.post, "v1", "settings"), (.patch, "v1", "settings"),
        ])
    func unimplemented(method: HTTPRequest.Method, version: String, path: String) async throws {
        let answer = try await face.call(method, path, [:], version: version)

        #expect(try answer.refusal == "501 UNIMPLEMENTED")
        #expect(try answer.message.count > 40)
    }

    @Test("nothing is kept of what somebody agreed to")
    func consents() async throws {
        let answer = try await face.call(.get, "apps/\(Bakery.app)/consents/identities/12025550117")
        let unknown = try await face.call(.get, "apps/\(Bakery.app)/consents/OPT_IN")

        #expect(try answer.json == ["identity": ["identity": "12025550117"], "audit_records": []])
        #expect(try unknown.refusal == "400 INVALID_ARGUMENT")
    }

    @Test(
        "nobody has a profile on MMS",
        arguments: [
            ("channel", "MMS", "400 FAILED_PRECONDITION"), ("channel", "MESSENGER", "400 FAILED_PRECONDITION"),
            ("channel", nil, "400 INVALID_ARGUMENT"), ("channel", "PIGEON", "400 INVALID_ARGUMENT"),
            ("app_id", .string(Face.nobody), "404 NOT_FOUND"), ("recipient", nil, "400 INVALID_ARGUMENT"),
        ] as [(String, JSONValue?, String)])
    func profile(name: String, value: JSONValue?, refusal: String) async throws {
        var body: JSONValue = [
            "app_id": .string(Bakery.app), "channel": "MMS",
            "recipient": ["identified_by": ["channel_identities": [Face.identity("12025550117")]]],
        ]
        body[name] = value

        let answer = try await face.call(.post, "contacts:getChannelProfile", body)

        #expect(try answer.refusal == refusal)
        if refusal.hasSuffix("PRECONDITION") { #expect(try answer.message.hasPrefix("NO_PROFILE_AVAILABLE: ")) }
    }
}
