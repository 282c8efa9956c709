import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Testing

@testable import HTTPServing

@Suite("Turns of a connection")
struct RequestTurnsTests {
    private static let request = HTTPRequestPart.head(
        HTTPRequest(method: .post, scheme: "http", authority: "a", path: "/"))
    private static let answer = HTTPResponsePart.head(HTTPResponse(status: .ok))
    private static let goOn = HTTPResponsePart.head(HTTPResponse(status: .continue))

    @Test("a request that arrives alone has its turn until its answer begins")
    func alone() {
        var turns = RequestTurns()

        turns.received(Self.request)
        #expect(turns.isTurnOfArriving)

        turns.sent(Self.goOn)
        #expect(turns.isTurnOfArriving)

        turns.sent(Self.answer)
        #expect(!turns.isTurnOfArriving)

        turns.sent(.end(nil))
        #expect(!turns.isTurnOfArriving)
    }

    @Test("a request that came early waits for the answer before it")
    func early() {
        var turns = RequestTurns()

        turns.received(Self.request)
        turns.received(.end(nil))
        turns.received(Self.request)
        #expect(!turns.isTurnOfArriving)

        turns.sent(Self.answer)
        turns.sent(.end(nil))
        #expect(turns.isTurnOfArriving)
    }
}
