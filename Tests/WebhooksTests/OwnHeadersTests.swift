import ConfigurationReading
import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import Telemetry
import Testing

@testable import GatewayConfiguration
@testable import Webhooks

@Suite("The headers of a webhook call")
struct OwnHeadersTests {
    private func isAllowed(_ name: String) -> Bool {
        ValueFormat<String>.headerName.parse(.string(name)) != nil
    }

    @Test("those of the call itself are refused in callback_headers, and others are not")
    func own() throws {
        let caller = WebhookCaller(
            client: try HTTPClient(), writers: { _ in Wordless() }, clock: HastyClock(at: .distantPast),
            ids: ULIDGenerator(), timeout: .seconds(1), allowed: { [] }, telemetry: .none)
        var credentials = CallbackCredentials(secret: Secret("s"))
        credentials.login = MMSC.Login(username: "me", password: Secret("p"))
        credentials.headers = [(name: "X-Api-Key", value: Secret("k"))]

        let request = caller.request(
            for: WebhookCall(url: "http://customer.example/", body: [], credentials: credentials),
            in: Trace(
                requestID: "a", parent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", state: "b=c",
                now: .distantPast))

        #expect(request.credentials != nil)
        #expect(request.headers.contains { $0 == ("X-Request-Id", "a") })
        #expect(request.headers.contains { $0 == ("tracestate", "b=c") })
        for header in request.headers where header.name != "X-Api-Key" {
            #expect(!isAllowed(header.name), "\(header.name)")
        }
        #expect(request.headers.contains { $0.name == "X-Api-Key" } && isAllowed("X-Api-Key"))
        #expect(!isAllowed("Authorization"))
    }
}

private struct Wordless: CallWriter {
    func address(of target: String, of owner: Owner) -> String? { nil }
    func body(of event: Event, to target: String) throws -> WebhookCall? { nil }
}
