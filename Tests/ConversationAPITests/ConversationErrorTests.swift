import CustomerServing
import HTTPTypes
import Hummingbird
import Testing

@testable import ConversationAPI

@Suite("Errors of the Conversation API")
struct ConversationErrorTests {
    @Test(
        "every status goes with its HTTP status",
        arguments: zip(
            ConversationError.Status.allCases, [400, 400, 401, 403, 404, 409, 429, 500, 500, 501, 503]))
    func table(status: ConversationError.Status, code: Int) {
        let response = ConversationError(status, "why").response

        #expect(response.status.code == code)
        #expect(response.headers[.contentType] == "application/json")
    }

    @Test(
        "what every API refuses has a status here",
        arguments: [
            (CallRefusal.malformed(.violation(at: "app_id", "must be present")), "400 INVALID_ARGUMENT"),
            (.unsupportedMediaType, "400 INVALID_ARGUMENT"), (.bodyTooLarge(limitBytes: 7), "400 INVALID_ARGUMENT"),
            (.unauthorized, "401 UNAUTHENTICATED"), (.tokenExpired, "401 UNAUTHENTICATED"),
            (.noSuchPath, "404 NOT_FOUND"), (.keyReused, "409 ALREADY_EXISTS"),
            (.tooManyRequests(retryAfterSeconds: 3), "429 RESOURCE_EXHAUSTED"), (.internalError, "500 INTERNAL"),
            (.methodNotAllowed(allowed: "GET"), "501 UNIMPLEMENTED"), (.unavailable, "503 UNAVAILABLE"),
            (.uncertain, "503 UNAVAILABLE"), (.noMemory, "503 UNAVAILABLE"), (.queueFull, "429 RESOURCE_EXHAUSTED"),
        ])
    func refusals(refusal: CallRefusal, status: String) {
        let error = ConversationError(refusal)

        #expect("\(error.status.code) \(error.name.rawValue)" == status)
        #expect(error.message == refusal.text)
        #expect(refusal == .unauthorized || error.headers == refusal.headers)
    }

    @Test("credentials that do not open a project are told from those that did once")
    func credentials() {
        let wrong = ConversationError(.unauthorized).headers[.wwwAuthenticate]
        let expired = ConversationError(.tokenExpired).headers[.wwwAuthenticate]

        #expect(wrong == #"Bearer error_description="the credentials are missing or not valid here""#)
        #expect(expired?.contains("expired") == true)
    }

    @Test("a request that is wrong in several ways has an entry for each")
    func violations() throws {
        var json = try Fixture.json("requests/send-text")
        json["message"]?["media_message"] = ["url": "https://bakery.example/rye.jpg"]
        json["queue"] = "LOW"

        let invalid = try #require(#expect(throws: InvalidRequest.self) { try SendRequest(json) })

        #expect(try JSONValue(printing: ConversationError(invalid).body) == (try Fixture.json("resources/error-400")))
    }

    @Test(
        "errors without members have their form", arguments: [(CallRefusal.unauthorized, "401"), (.noSuchPath, "404")])
    func forms(refusal: CallRefusal, file: String) throws {
        let body = try JSONValue(printing: ConversationError(refusal).body)

        #expect(body == (try Fixture.json("resources/error-\(file)")))
    }

    @Test("a member that every API refuses has its entry")
    func malformed() {
        let error = ConversationError(.malformed(.badFormat(at: "page_size", "must be an integer")))

        #expect(error.message == "'page_size': must be an integer")
        #expect(error.violations == [.init(field: "page_size", description: "must be an integer")])
    }
}
