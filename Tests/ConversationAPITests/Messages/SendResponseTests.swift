import CustomerServing
import Foundation
import Testing

@testable import ConversationAPI

@Suite("What messages:send answers")
struct SendResponseTests {
    @Test("the message's id and when it was taken")
    func answer() throws {
        let response = SendResponse(
            messageID: Bakery.message, acceptedTime: Timestamp(Date(timeIntervalSince1970: 1_773_064_800.042)))

        #expect(try JSONValue(printing: response) == (try Fixture.json("resources/send-response")))
    }
}
