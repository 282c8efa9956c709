import CurlHTTP
import GatewayCore
import Testing

@testable import Webhooks

@Suite("What a receiver's answer means")
struct WebhookResultTests {
    @Test("every 2xx is heard", arguments: [200, 201, 202, 204])
    func heard(status: Int) {
        #expect(WebhookResult(status: status) == .heard)
    }

    @Test("5xx and 429 are worth another try", arguments: [429, 500, 502, 503, 599])
    func notNow(status: Int) {
        #expect(WebhookResult(status: status) == .notNow(reason: "the receiver answered \(status)"))
    }

    @Test("other refusals and redirects end it", arguments: [301, 302, 400, 401, 404, 408, 410])
    func refused(status: Int) {
        #expect(WebhookResult(status: status) == .refused(reason: "the receiver answered \(status)"))
    }

    @Test("no failure ends it: neither a connection that failed nor what we cannot send or may not")
    func failures() {
        let invalid = HTTPFailure(kind: .invalidURL, requestMayHaveArrived: false, message: "no URL")
        let refused = HTTPFailure(kind: .refusedAddress, requestMayHaveArrived: false, message: "not public")
        let broken = HTTPFailure(kind: .connectionLost, requestMayHaveArrived: true, message: "closed")

        #expect(WebhookResult(invalid) == .unsendable(reason: "no URL"))
        #expect(
            WebhookResult(refused)
                == .unsendable(reason: "the receiver's address is not public, and egress.allow does not have it"))
        #expect(WebhookResult(broken) == .notNow(reason: "closed"))
    }
}
