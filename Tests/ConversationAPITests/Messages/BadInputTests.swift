import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import ConversationAPI

@Suite("Requests to send that are wrong")
struct BadInputTests {
    private let face = Face()

    /// A request with one member changed, and the member that the refusal names.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let field: String
        let change: @Sendable (inout JSONValue) -> Void

        init(_ name: String, at field: String, _ change: @escaping @Sendable (inout JSONValue) -> Void) {
            testDescription = name
            self.field = field
            self.change = change
        }
    }

    static let cases: [Case] =
        [
            Case("no app", at: "app_id") { $0["app_id"] = nil },
            Case("an app that is a number", at: "app_id") { $0["app_id"] = 7 },
            Case("an app without the form of an id", at: "app_id") { $0["app_id"] = "bakery" },
            Case("no recipient", at: "recipient") { $0["recipient"] = nil },
            Case("an empty recipient", at: "recipient") { $0["recipient"] = [:] },
            Case("both recipients", at: "recipient") { $0["recipient"]?["contact_id"] = .string(Face.nobody) },
            Case("a recipient that is a text", at: "recipient") { $0["recipient"] = "12025550117" },
            Case("no identities", at: "recipient.identified_by.channel_identities") {
                $0["recipient"] = ["identified_by": ["channel_identities": []]]
            },
            Case("too many identities", at: "recipient.identified_by.channel_identities") {
                let one: JSONValue = ["channel": "MMS", "identity": "12025550117"]
                $0["recipient"] = [
                    "identified_by": ["channel_identities": .array(Array(repeating: one, count: 101))]
                ]
            },
            Case("an unknown channel", at: "recipient.identified_by.channel_identities[0].channel") {
                $0["recipient"] = [
                    "identified_by": ["channel_identities": [["channel": "FAX", "identity": "12025550117"]]]
                ]
            },
            Case("no message", at: "message") { $0["message"] = nil },
            Case("a message without a body", at: "message") { $0["message"] = [:] },
            Case("two bodies", at: "message") { $0["message"]?["media_message"] = ["url": "https://b.example/a.jpg"] },
            Case("a text that is a list", at: "message.text_message.text") {
                $0["message"] = ["text_message": ["text": ["a"]]]
            },
            Case("a text that is too long", at: "message.text_message.text") {
                $0["message"] = ["text_message": ["text": .string(String(repeating: "a", count: 5001))]]
            },
            Case("a URL of another scheme", at: "message.media_message.url") {
                $0["message"] = ["media_message": ["url": "ftp://b.example/a.jpg"]]
            },
            Case("too many choices", at: "message.choice_message.choices") {
                let one: JSONValue = ["text_message": ["text": "Yes"]]
                $0["message"] = ["choice_message": ["choices": .array(Array(repeating: one, count: 11))]]
            },
            Case("a message that is too long", at: "message") {
                $0["message"]?["agent"] = ["display_name": .string(String(repeating: "a", count: 100_001))]
            },
        ] + options

    private static let options = [
        Case("an unknown queue", at: "queue") { $0["queue"] = "LOW" },
        Case("an unknown strategy", at: "processing_strategy") { $0["processing_strategy"] = "BOTH" },
        Case("CHANNEL_UNSPECIFIED", at: "channel_priority_order[0]") {
            $0["channel_priority_order"] = ["CHANNEL_UNSPECIFIED"]
        },
        Case("a time without unit", at: "ttl") { $0["ttl"] = "60" },
        Case("a time that is too short", at: "ttl") { $0["ttl"] = "2s" },
        Case("metadata that is too long", at: "message_metadata") {
            $0["message_metadata"] = .string(String(repeating: "a", count: 1025))
        },
        Case("metadata of a conversation that is a text", at: "conversation_metadata") {
            $0["conversation_metadata"] = "a"
        },
        Case("metadata of a conversation that is too long", at: "conversation_metadata") {
            $0["conversation_metadata"] = ["a": .string(String(repeating: "a", count: 2048))]
        },
        Case("a correlation id that is too long", at: "correlation_id") {
            $0["correlation_id"] = .string(String(repeating: "a", count: 129))
        },
        Case("a callback that is no URL", at: "callback_url") { $0["callback_url"] = "bakery" },
        Case("a property that is no text", at: "channel_properties.MMS_STRICT_VALIDATION") {
            $0["channel_properties"] = ["MMS_STRICT_VALIDATION": true]
        },
        Case("a property that is no truth", at: "channel_properties.MMS_STRICT_VALIDATION") {
            $0["channel_properties"] = ["MMS_STRICT_VALIDATION": "yes"]
        },
        Case("a property that is too long", at: "channel_properties.SMS_SENDER") {
            $0["channel_properties"] = ["SMS_SENDER": .string(String(repeating: "a", count: 1025))]
        },
    ]

    @Test("the refusal names the member, and nothing is stored", arguments: cases)
    func member(wrong: Case) async throws {
        var body = try Face.send()
        wrong.change(&body)

        let answer = try await face.call(.post, "messages:send", body)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        let violations = try answer.json["error"]?["details"]?.elements.first?["fieldViolations"]?.elements ?? []
        #expect(violations.map { $0.word("field") } == [wrong.field])
        #expect(try await face.storedMessages == 0)
    }

    @Test(
        "a body that is no JSON, or no object",
        arguments: ["", "{", "[]", "7", "\u{FEFF}{}", #"{"app_id":"a","app_id":"b"}"#])
    func body(text: String) async throws {
        let answer = try await face.send(.post, "/v1/projects/\(Bakery.project)/messages:send", body: text)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try await face.storedMessages == 0)
    }

    @Test("a body of another type", arguments: ["text/plain", nil])
    func type(type: String?) async throws {
        let answer = try await face.send(
            .post, "/v1/projects/\(Bakery.project)/messages:send", type: type, body: try Face.send().text)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try await face.storedMessages == 0)
    }

    @Test("an app that the project does not have", arguments: [Bakery.project, Face.otherProject])
    func app(project: String) async throws {
        let app = project == Bakery.project ? Face.nobody : Bakery.app
        let answer = try await face.call(.post, "messages:send", try Face.send(app: app), project: project)

        #expect(try answer.refusal == "404 NOT_FOUND")
        #expect(try await face.storedMessages == 0)
    }

    @Test("a contact where none are kept")
    func dispatch() async throws {
        var body = try Face.send(app: Face.dispatchApp)
        body["recipient"] = ["contact_id": .string(Face.nobody)]

        let answer = try await face.call(.post, "messages:send", body)

        #expect(try answer.refusal == "400 INVALID_ARGUMENT")
        #expect(try answer.message.hasPrefix("'recipient.contact_id'"))
    }

    @Test("a project that the credentials do not open", arguments: ["2a8d5f60-0000-4000-8000-000000000008", "x"])
    func project(project: String) async throws {
        let answer = try await face.call(.post, "messages:send", try Face.send(), project: project)

        #expect(try answer.refusal == "401 UNAUTHENTICATED")
        #expect(answer.headers[.wwwAuthenticate]?.contains("error_description") == true)
        #expect(try await face.storedMessages == 0)
    }

    @Test(
        "paths and methods that there are not",
        arguments: [
            (HTTPRequest.Method.get, "messages:send", "501 UNIMPLEMENTED"), (.post, "messages", "501 UNIMPLEMENTED"),
            (.post, "messages:sent", "404 NOT_FOUND"), (.get, "messages/x", "404 NOT_FOUND"),
            (.get, "messages/\(Face.nobody)/parts", "404 NOT_FOUND"),
        ])
    func paths(method: HTTPRequest.Method, path: String, refusal: String) async throws {
        #expect(try await face.call(method, path, try Face.send()).refusal == refusal)
    }
}
