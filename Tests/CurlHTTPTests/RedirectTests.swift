import Testing

@testable import CurlHTTP

@Suite("Redirects", .timeLimit(.minutes(5)))
struct RedirectTests {
    /// Answers `/` with the status and a way to `/there`, `/loop` with a way to itself, all else with 200.
    private static func redirecting(_ status: String, to place: String = "/there") -> ScriptedServer.Script {
        { connection in
            while let request = connection.receive() {
                switch request.head[0].split(separator: " ")[1] {
                case "/": connection.answer(status, "Location: \(place)", body: "gone")
                case "/loop": connection.answer(status, "Location: /loop")
                default: connection.answer(body: "here")
                }
            }
        }
    }

    @Test("a redirect is a response unless it is to be followed")
    func notFollowed() async throws {
        try await withPeer(script: Self.redirecting("302 Found")) { server, client in
            let response = try await client.send(HTTPRequest(method: .get, url: server.url()))

            #expect(response.status == 302)
            #expect(response.headers.first(named: "Location") == "/there")
            #expect(server.requests.count == 1)
        }
    }

    @Test("a redirect is followed to the final response alone")
    func followed() async throws {
        try await withPeer(script: Self.redirecting("302 Found")) { server, client in
            let request = HTTPRequest(method: .get, url: server.url()).with { $0.maxRedirects = 1 }

            let response = try await client.send(request)

            #expect(response.status == 200)
            #expect(response.body == Array("here".utf8))
            #expect(response.headers.first(named: "Location") == nil)
        }
    }

    @Test("a redirect that keeps the method takes the body along")
    func bodyFollows() async throws {
        try await withPeer(script: Self.redirecting("307 Temporary Redirect")) { server, client in
            let response = try await client.send(.post(server.url(), "the ", "body").with { $0.maxRedirects = 1 })

            #expect(response.status == 200)
            #expect(server.requests.map { $0.head[0] } == ["POST / HTTP/1.1", "POST /there HTTP/1.1"])
            #expect(server.requests.map(\.body) == [Array("the body".utf8), Array("the body".utf8)])
        }
    }

    @Test("a redirect to the result asks for it without a body")
    func seeOther() async throws {
        try await withPeer(script: Self.redirecting("303 See Other")) { server, client in
            let response = try await client.send(.post(server.url(), "the body").with { $0.maxRedirects = 1 })

            #expect(response.status == 200)
            #expect(server.requests.map { $0.head[0] } == ["POST / HTTP/1.1", "GET /there HTTP/1.1"])
            #expect(server.requests.last?.body == [])
        }
    }

    @Test("more redirects than allowed are a failure")
    func tooMany() async throws {
        try await withPeer(script: Self.redirecting("302 Found")) { server, client in
            let request = HTTPRequest(method: .get, url: server.url("/loop")).with { $0.maxRedirects = 3 }

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .tooManyRedirects)
            #expect(failure.requestMayHaveArrived)
            #expect(server.requests.count == 4)
        }
    }

    @Test("a redirect out of HTTP is not followed")
    func otherProtocol() async throws {
        try await withPeer(script: Self.redirecting("302 Found", to: "file:///etc/passwd")) { server, client in
            let request = HTTPRequest(method: .get, url: server.url()).with { $0.maxRedirects = 3 }

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .invalidURL)
            #expect(failure.requestMayHaveArrived)
        }
    }

    @Test("credentials do not follow to another host")
    func credentialsStay() async throws {
        let other = try ScriptedServer(address: "127.0.0.2", Script.echo)
        defer { other.stop() }
        try await withPeer(script: Self.redirecting("302 Found", to: other.url())) { server, client in
            let request = HTTPRequest(method: .get, url: server.url()).with {
                $0.maxRedirects = 1
                $0.credentials = BasicCredentials(username: "u", password: "p")
            }

            _ = try await client.send(request)

            #expect(server.requests.first?.header("Authorization") != nil)
            #expect(other.requests.map { $0.header("Authorization") } == [nil])
        }
    }
}
