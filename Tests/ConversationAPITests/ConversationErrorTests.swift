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
}
