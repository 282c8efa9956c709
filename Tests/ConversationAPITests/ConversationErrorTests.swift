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
            (.uncertain, "503 UNAVAILABLE"), (.noMemory, "503 UNAVAILABLE"), (.queueFull, "503 UNAVAILABLE"),
        ])
    func refusals(refusal: CallRefusal, status: String) {
        let error = ConversationError(refusal)

        #expect("\(error.status.code) \(error.name.rawValue)" == status)
        #expect(error.message == refusal.text)
        #expect(error.headers == refusal.headers)
    }
}
