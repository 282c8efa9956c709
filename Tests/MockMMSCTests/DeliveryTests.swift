import CurlHTTP
import Foundation
import HTTPServing
import Hummingbird
import MM7
import Synchronization
import Testing

@testable import MockMMSC

@Suite("A message of a handset", .timeLimit(.minutes(5)))
struct DeliveryTests {
    private let picture = OutgoingPart(contentType: "image/jpeg", name: "cat.jpg", bytes: [0xFF, 0xD8, 0xFF, 1])

    @Test("it is written as a DeliverReq with its media, and a short code is one")
    func written() throws {
        let text = OutgoingPart(contentType: "text/plain", bytes: Array("Hello".utf8)[...])
        let message = HandsetMessage(from: "+1 555 010 0001", to: "54321", subject: "Hi", parts: [text, picture])
        var configuration = MockMMSC.Configuration()
        configuration.callbackLogin = BasicCredentials(username: "u", password: "p")
        configuration.callbackAuthentication = .digest

        let request = try message.request(
            to: "http://vasp/mm7/north", transactionID: "t-1", at: Date(timeIntervalSince1970: 0), configuration)
        let body = request.body.flatMap { $0 }
        let read = try MessageReader().read(body, contentType: request.headers.first(named: "Content-Type"))

        #expect(request.credentials?.username == "u")
        #expect(request.authentication == .digest)
        #expect(read.envelope.transactionID == "t-1")
        guard case .deliverReq(let delivery) = read.envelope.body else {
            Issue.record("no DeliverReq: \(read.envelope)")
            return
        }
        #expect(delivery.sender?.normalized == "15550100001")
        #expect(delivery.recipients.to == [.shortCode("54321")])
        #expect(delivery.subject == "Hi")
        #expect(delivery.linkedID == "t-1")
        #expect(Data(body).firstRange(of: Data("image/jpeg".utf8)) != nil)
    }

    @Test("the answer says whether it was taken, and is kept where it is none of MM7")
    func answers() {
        let taken = DeliveryAnswer(httpStatus: 200, status: ResponseStatus(.success, text: "Success"))
        let refused = DeliveryAnswer(
            httpStatus: 200, status: ResponseStatus(StatusCode(rawValue: 2003), text: "No", details: "d"))
        let page = DeliveryAnswer(httpStatus: 502, status: nil)

        #expect(taken.isTaken && taken.description == "1000 Success")
        #expect(!refused.isTaken && refused.description == "2003 No: d")
        #expect(!page.isTaken && page.description == "HTTP 502 without a readable MM7 answer")
    }

    @Test("it is posted once, and answered by whoever listens there")
    func posted() async throws {
        let router = Router(context: PeerContext.self)
        router.post("/mm7/north") { request, _ in
            let bytes = try await request.bytes(upTo: 1 << 20)
            let envelope = try MessageReader().read(bytes, contentType: request.headers[.contentType]).envelope
            let encoded = try MessageWriter(profile: .standard).write(envelope.answer(.deliverRsp(DeliverRsp())))
            return Response(status: .ok, contentType: encoded.contentType, bytes: encoded.segments.joined())
        }
        let message = HandsetMessage(from: "15550100001", to: "12025550100", parts: [picture])

        let answer = try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await MockMMSC.deliver(
                message, to: "http://127.0.0.1:\(port)/mm7/north", .init(), client: try HTTPClient())
        }

        #expect(answer.isTaken)
    }
}
