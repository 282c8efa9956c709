import GatewayCore
import HTTPTypes
import HummingbirdTesting
import SQLStore
import SQLiteStore
import Testing

@testable import ConversationAPI

@Suite("Whether somebody can be reached")
struct CapabilityTests {
    private let face = Face()

    private static func query(_ recipient: JSONValue, app: String = Bakery.app) -> JSONValue {
        ["app_id": .string(app), "recipient": recipient, "request_id": "request-5"]
    }

    private static func identities(_ list: [JSONValue]) -> JSONValue {
        ["identified_by": ["channel_identities": .array(list)]]
    }

    @Test("the answer is the request, and what is found comes to the app alone")
    func callback() async throws {
        let contact = try await face.contact()
        _ = try await face.notices
        let query = Self.query(["contact_id": .string(contact.id)])

        let answer = try await face.call(.post, "capability:query", query)
        let notice = try #require(try await face.bodies.first)

        #expect(try answer.json == query)
        #expect(notice.owner == .app(Bakery.app, project: Bakery.project))
        #expect(notice.name == "CAPABILITY")
        var expected = try Fixture.json("callbacks/capability")["capability_notification"]
        expected?["contact_id"] = contact["id"]
        #expect(JSONValue(text: notice.text)?["capability_notification"] == expected)
    }

    @Test(
        "whoever has a number counts as reachable, whether they are known or not",
        arguments: [
            ([Face.identity("+1 202 555 0118")], "CAPABILITY_FULL"),
            ([Face.identity("12025550118", on: .sms), Face.identity("12025550119")], "CAPABILITY_FULL"),
            ([Face.identity("ann")], "NO_CAPABILITY"), ([Face.identity("12025550118", on: .sms)], "NO_CAPABILITY"),
        ])
    func status(list: [JSONValue], status: String) async throws {
        let answer = try await face.call(.post, "capability:query", Self.query(Self.identities(list)))
        let notice = try #require(try await face.bodies.first)

        #expect(answer.status == .ok)
        let found = JSONValue(text: notice.text)?["capability_notification"]
        #expect(found?.word("capability_status") == status)
        #expect(found?.word("contact_id") == "")
    }

    @Test("the body of a callback that says no has the reason")
    func reason() throws {
        let notification = CapabilityNotification(
            of: [ChannelIdentity(.mms, "ann")], contactID: "", requestID: "request-6")

        let expected = try Fixture.json("callbacks/capability-none")["capability_notification"]

        #expect(try JSONValue(printing: notification) == expected)
    }

    @Test("a contact is found by its number, and a request without a name of its own gets one")
    func known() async throws {
        let contact = try await face.contact()
        _ = try await face.notices
        var query = Self.query(Self.identities([Face.identity("12025550117")]))
        query["request_id"] = nil

        let answer = try await face.call(.post, "capability:query", query).json
        let notice = try #require(try await face.bodies.first)

        let found = JSONValue(text: notice.text)?["capability_notification"]
        #expect(found?.word("contact_id") == contact.id)
        #expect(ULID(answer.word("request_id")) != nil)
        #expect(found?["request_id"] == answer["request_id"])
    }

    @Test("an app that does not ask is not called, and is answered all the same")
    func silent() async throws {
        var identity = Face.identity("12025550117")
        identity["app_id"] = ""
        let query = Self.query(Self.identities([identity]), app: Face.dispatchApp)

        let answer = try await face.call(.post, "capability:query", query).json
        #expect(answer == query)
        #expect(try await face.notices == [])
    }

    @Test("a repeat with the same Idempotency-Key calls nobody again")
    func repetition() async throws {
        var query = Self.query(Self.identities([Face.identity("12025550117")]))
        query["request_id"] = nil

        let first = try await face.call(.post, "capability:query", query, key: "once")
        let second = try await face.call(.post, "capability:query", query, key: "once")

        #expect(first.text == second.text)
        #expect(try await face.notices.count == 1)
    }

    @Test(
        "a request that cannot be is refused",
        arguments: [
            ("app_id", nil, "400 INVALID_ARGUMENT"), ("app_id", .string(Face.nobody), "404 NOT_FOUND"),
            ("recipient", nil, "400 INVALID_ARGUMENT"), ("recipient", [:], "400 INVALID_ARGUMENT"),
            ("recipient", ["contact_id": .string(Face.nobody)], "404 NOT_FOUND"),
            ("recipient", ["contact_id": "x"], "404 NOT_FOUND"), ("request_id", 7, "400 INVALID_ARGUMENT"),
            ("request_id", .string(String(repeating: "x", count: 129)), "400 INVALID_ARGUMENT"),
        ] as [(String, JSONValue?, String)])
    func refused(name: String, value: JSONValue?, refusal: String) async throws {
        var query = Self.query(Self.identities([Face.identity("12025550117")]))
        query[name] = value

        #expect(try await face.call(.post, "capability:query", query).refusal == refusal)
        #expect(try await face.notices == [])
    }
}
