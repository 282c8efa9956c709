import ConversationAPI
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing

@Suite("Conversation API")
struct ConversationAPITests {
    private static let project = "/v1/projects/2a8d5f60-0000-4000-8000-000000000007"

    @Test(
        "every call below a project says that it is not built, and what to use",
        arguments: [
            (HTTPRequest.Method.post, "\(project)/messages:send"),
            (.get, "\(project)/webhooks/01KN6MZ5G0BAKERY0000000001"),
            (.delete, project), (.get, "\(project)/a/b/c/d"),
        ])
    func notBuilt(method: HTTPRequest.Method, path: String) async throws {
        let answer = try await Self.send(method, path)

        #expect(answer.status == .notImplemented)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(
            String(buffer: answer.body) == """
                {"error":{"code":501,"message":"This gateway does not carry the Conversation API yet; send MMS with \
                POST /xms/v1/{service_plan_id}/batches","status":"UNIMPLEMENTED","details":[]}}
                """)
    }

    @Test(
        "what is not below a project is not this API's",
        arguments: ["/v1/projects", "/v1/project/x", "/v2/projects/x", "/"])
    func foreign(path: String) async throws {
        #expect(try await Self.send(.get, path).status == .notFound)
    }

    private static func send(_ method: HTTPRequest.Method, _ path: String) async throws -> TestResponse {
        let router = Router(context: PeerContext.self)
        UnbuiltAPI().addRoutes(to: router)
        let app = Listener(host: "127.0.0.1", port: 0)
            .application(for: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await app.test(.router) { try await $0.execute(uri: path, method: method) }
    }
}
