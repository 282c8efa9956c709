import CurlHTTP
import GatewayCore
import Testing

@testable import Webhooks

@Suite("The request for an access token and its answer")
struct TokenExchangeTests {
    private func request(isForm: Bool) -> TokenRequest {
        var request = TokenRequest(
            endpoint: "https://auth.example/token", clientID: "bakery one", clientSecret: Secret("a+b/ü"))
        request.scope = "calls write"
        request.responseType = "token"
        request.isForm = isForm
        return request
    }

    private func text(_ request: HTTPRequest) -> String {
        request.body.map { String(decoding: $0, as: UTF8.self) }.joined()
    }

    @Test("id and secret are in the header, encoded as in a form")
    func basic() {
        let sent = request(isForm: false).httpRequest(timeout: .seconds(3), allowed: [])

        #expect(text(sent) == "grant_type=client_credentials&scope=calls+write&response_type=token")
        #expect(sent.credentials == BasicCredentials(username: "bakery+one", password: "a%2Bb%2F%C3%BC"))
        #expect(sent.headers.contains { $0 == ("Content-Type", "application/x-www-form-urlencoded") })
    }

    @Test("or in the body, where the webhook says so")
    func form() {
        let sent = request(isForm: true).httpRequest(timeout: .seconds(3), allowed: [])

        #expect(
            text(sent)
                == "grant_type=client_credentials&client_id=bakery+one&client_secret=a%2Bb%2F%C3%BC&scope=calls+write&response_type=token"
        )
        #expect(sent.credentials == nil)
    }

    @Test("it goes to public addresses alone, waits no longer than a call, and reads little")
    func bounds() {
        let sent = request(isForm: true).httpRequest(timeout: .seconds(3), allowed: [])

        guard case .publicOnly = sent.addressPolicy else {
            Issue.record("any address is allowed")
            return
        }
        #expect(sent.timeout == .seconds(3))
        #expect(sent.responseLimitBytes == 16_384)
        #expect(sent.maxRedirects == 0)
    }

    @Test("a bearer token with a usable life is taken")
    func taken() throws {
        let body = #"{"access_token":"abc.def","token_type":"Bearer","expires_in":3600,"scope":"x"}"#

        let token = try AccessToken(HTTPResponse(status: 200, body: Array(body.utf8)))

        #expect(token == AccessToken(value: Secret("abc.def"), life: .seconds(3600)))
        #expect(token.reserve == .seconds(60))
        #expect(AccessToken(value: Secret("a"), life: .seconds(30)).reserve == .seconds(5))
    }

    @Test("a life that is written as a text is a life")
    func lifeAsText() throws {
        let body = #"{"access_token":"abc.def","expires_in":"600"}"#

        #expect(try AccessToken(HTTPResponse(status: 200, body: Array(body.utf8))).life == .seconds(600))
    }

    @Test(
        "every other answer is a failure that says why, and nothing of what was answered",
        arguments: [
            (401, #"{"error":"invalid_client"}"#, "answered 401"), (302, "", "answered 302"),
            (200, "<html>", "no JSON"), (200, "[]", "no JSON"), (200, "{}", "no usable access_token"),
            (200, #"{"access_token":"","expires_in":60}"#, "no usable access_token"),
            (200, #"{"access_token":"a\r\nX: y","expires_in":60}"#, "no usable access_token"),
            (200, #"{"access_token":"abc"}"#, "expires_in"),
            (200, #"{"access_token":"abc","expires_in":29}"#, "expires_in"),
            (200, #"{"access_token":"abc","expires_in":"soon"}"#, "expires_in"),
            (200, #"{"access_token":"abc","expires_in":3601}"#, "expires_in"),
            (200, #"{"access_token":"abc","expires_in":60,"token_type":"mac"}"#, "type bearer"),
        ])
    func refused(status: Int, body: String, words: String) throws {
        let failure = try #require(
            #expect(throws: TokenFailure.self) {
                try AccessToken(HTTPResponse(status: status, body: Array(body.utf8)))
            })

        guard case .notNow(let reason) = failure.result else {
            Issue.record("it is not worth another try: \(failure)")
            return
        }
        #expect(reason.description.contains(words))
        #expect(!reason.description.contains("abc"))
    }
}
