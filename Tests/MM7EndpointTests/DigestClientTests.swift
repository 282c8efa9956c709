import CurlHTTP
import GatewayCore
import Testing

@testable import MM7Endpoint

@Suite("HTTP Digest with a client that MMSCs have too", .timeLimit(.minutes(5)))
struct DigestClientTests {
    private static let endpoint = TestEndpoint(
        callback: CallbackAccess(
            login: .init(username: "north", password: Secret("pass:word")), authentication: .digest))

    private static func post(to url: String, password: String) throws -> HTTPRequest {
        var request = HTTPRequest(method: .post, url: url)
        request.headers = ["Content-Type": "text/xml; charset=utf-8"]
        request.body = [try Fixture.request("report-standard.xml")[...]]
        request.credentials = BasicCredentials(username: "north", password: password)
        request.authentication = .digest
        return request
    }

    @Test("posts come in one after the other, and many at once")
    func taken() async throws {
        try await Self.endpoint.listening { url in
            let client = try HTTPClient()
            for _ in 0..<3 {
                let result = try await client.send(Self.post(to: url, password: "pass:word")).status
                #expect(result == 200)
            }
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<20 {
                    group.addTask { try await client.send(Self.post(to: url, password: "pass:word")).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 20))
            await client.shutdown()
        }
    }

    @Test("a wrong password is refused")
    func refused() async throws {
        try await Self.endpoint.listening { url in
            let client = try HTTPClient()
            let result = try await client.send(Self.post(to: url, password: "password")).status
            #expect(result == 401)
            await client.shutdown()
        }
    }
}
