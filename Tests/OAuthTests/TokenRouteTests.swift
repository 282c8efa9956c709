import Doubles
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import OAuth
import Testing

@Suite("The token route")
struct TokenRouteTests {
    private static let now = Date(milliseconds: 1_775_122_200_250)
    private static let project = Project(
        id: "project", accessKeys: [Project.AccessKey(id: "key", secret: Secret("se:cret"))])
    private static let other = Project(id: "other", accessKeys: [Project.AccessKey(id: "key-2", secret: Secret("two"))])

    private func ask(
        _ form: String, login: String? = nil, authorization: String? = nil, method: HTTPRequest.Method = .post,
        path: String = "/oauth2/token", type: String = "application/x-www-form-urlencoded"
    ) async throws -> TestResponse {
        let router = Router(context: PeerContext.self)
        let directory = CurrentDirectory(Directory(projects: [Self.project, Self.other]))
        TokenRoute(directory: directory, clock: HastyClock(at: Self.now)).addRoutes(to: router)
        var headers: HTTPFields = [.contentType: type]
        headers[.authorization] = authorization ?? login.map { "Basic " + Data($0.utf8).base64EncodedString() }
        return try await Application(router: router).test(.router) { [headers] client in
            try await client.execute(
                uri: path, method: method, headers: headers, body: ByteBuffer(string: form))
        }
    }

    private struct Granted: Decodable {
        let accessToken: String
        let expiresIn: Int
        let scope: String
        let tokenType: String

        enum CodingKeys: String, CodingKey {
            case accessToken = "access_token"
            case expiresIn = "expires_in"
            case scope
            case tokenType = "token_type"
        }
    }

    private struct Refused: Decodable {
        let error: String
        let description: String

        enum CodingKeys: String, CodingKey {
            case error
            case description = "error_description"
        }
    }

    private static let grant = "grant_type=client_credentials"

    private func granted(_ answer: TestResponse) throws -> Granted {
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.cacheControl] == "no-store")
        return try JSONDecoder().decode(Granted.self, from: Data(answer.body.readableBytesView))
    }

    private func refused(_ answer: TestResponse) throws -> String {
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[.cacheControl] == "no-store")
        let body = try JSONDecoder().decode(Refused.self, from: Data(answer.body.readableBytesView))
        #expect(!body.description.isEmpty)
        return "\(answer.status.code) \(body.error)"
    }

    @Test("an access key in HTTP Basic gets a token of its project for an hour")
    func basic() async throws {
        let granted = try granted(try await ask(Self.grant, login: "key:se:cret"))

        #expect(granted.tokenType == "bearer")
        #expect(granted.expiresIn == 3599)
        #expect(granted.scope.isEmpty)
        #expect(AccessToken.validity(of: granted.accessToken, for: Self.project, now: Self.now) == .valid)
        #expect(AccessToken.validity(of: granted.accessToken, for: Self.other, now: Self.now) == .invalid)
    }

    @Test(
        "the key may be in the form, and a scope that is asked for comes back",
        arguments: [
            ("&client_id=key&client_secret=se%3Acret", ""), ("&client_id=key&client_secret=se:cret&scope=a+b", "a b"),
        ])
    func form(rest: String, scope: String) async throws {
        let granted = try granted(try await ask(Self.grant + rest))

        #expect(granted.scope == scope)
    }

    @Test("a key in a body of another type is none; with HTTP Basic the type does not count")
    func otherType() async throws {
        let form = Self.grant + "&client_id=key&client_secret=se:cret"

        #expect(try await ask(form, type: "text/plain").status == .unauthorized)
        #expect(try await ask(Self.grant, login: "key:se:cret", type: "text/plain").status == .ok)
    }

    @Test(
        "a slash more, of a base address that ends in one, does not count",
        arguments: ["//oauth2/token", "/oauth2/token/"])
    func slashes(path: String) async throws {
        #expect(try granted(try await ask(Self.grant, login: "key:se:cret", path: path)).tokenType == "bearer")
    }

    @Test("the scheme word counts in any case")
    func scheme() async throws {
        let login = Data("key-2:two".utf8).base64EncodedString()

        let granted = try granted(try await ask(Self.grant, authorization: "bAsIc \(login)"))

        #expect(AccessToken.validity(of: granted.accessToken, for: Self.other, now: Self.now) == .valid)
    }

    @Test(
        "a wrong secret, an unknown key and none are refused alike",
        arguments: [
            "key:", "key:secret", "key:se:cret ", "KEY:se:cret", "key-2:se:cret", "nobody:se:cret", ":", "", "key",
        ])
    func wrong(login: String) async throws {
        let answer = try await ask(Self.grant, login: login)

        #expect(try refused(answer) == "401 invalid_client")
        #expect(answer.headers[.wwwAuthenticate]?.hasPrefix("Basic") == true)
        #expect(String(buffer: answer.body).contains("se:cret") == false)
    }

    @Test(
        "what is no login is refused",
        arguments: [nil, "Basic", "Basic ", "Basic %%%", "Bearer a2V5OnNlOmNyZXQ=", "a2V5OnNlOmNyZXQ=", "Basic a b"])
    func noLogin(authorization: String?) async throws {
        #expect(try refused(try await ask(Self.grant, authorization: authorization)) == "401 invalid_client")
    }

    @Test(
        "another grant is not supported, and none is a fault of the request",
        arguments: [
            ("grant_type=password", "400 unsupported_grant_type"), ("grant_type=", "400 invalid_request"),
            ("", "400 invalid_request"), ("{\"grant_type\":\"client_credentials\"}", "400 invalid_request"),
            ("grant_type=Client_Credentials", "400 unsupported_grant_type"),
        ])
    func grants(form: String, refusal: String) async throws {
        #expect(try refused(try await ask(form, login: "key:se:cret")) == refusal)
    }

    @Test("a form that is too large is a fault of the request")
    func tooLarge() async throws {
        let form = Self.grant + "&x=" + String(repeating: "x", count: 20_000)

        #expect(try refused(try await ask(form, login: "key:se:cret")) == "400 invalid_request")
    }

    @Test("another method is refused with the one that there is", arguments: [HTTPRequest.Method.get, .put, .delete])
    func method(method: HTTPRequest.Method) async throws {
        let answer = try await ask(Self.grant, login: "key:se:cret", method: method)

        #expect(try refused(answer) == "405 invalid_request")
        #expect(answer.headers[.allow] == "POST")
    }
}
