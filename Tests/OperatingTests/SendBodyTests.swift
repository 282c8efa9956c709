import HTTPServing
import Testing

@testable import Operating

@Suite("What send posts as an app")
struct SendBodyTests {
    private func message(_ media: [String], text: String? = nil, subject: String? = nil) -> String {
        let body = AppSendBody(
            app: "a", to: "15550100001", from: nil, media: media, text: text, subject: subject)
        let json = String(decoding: JSONText.bytes(of: body), as: UTF8.self)
        return json.firstRange(of: #""message":"#).map { String(json[$0.upperBound...].dropLast()) } ?? ""
    }

    @Test("one medium alone is a medium, and with words a card")
    func one() {
        #expect(message(["http://h/1"]) == #"{"media_message":{"url":"http://h/1"}}"#)
        #expect(
            message(["http://h/1"], text: "Hello")
                == #"{"card_message":{"description":"Hello","media_message":{"url":"http://h/1"}}}"#)
    }

    @Test("several are cards side by side, the first of them with the words")
    func several() {
        #expect(
            message(["http://h/1", "http://h/2"], text: "Hello", subject: "Hi") == """
                {"carousel_message":{"cards":[{"title":"Hi","description":"Hello","media_message":{"url":"http://h/1"}},\
                {"media_message":{"url":"http://h/2"}}]}}
                """)
    }
}
