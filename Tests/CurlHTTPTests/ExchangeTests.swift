import Testing

@testable import CurlHTTP

@Suite("Request and response", .timeLimit(.minutes(5)))
struct ExchangeTests {
    @Test("segments arrive in order as one body with a length, unasked for and not chunked")
    func segments() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let long = String(repeating: "x", count: 200_000)

            let response = try await client.send(.post(server.url(), "first ", "", long, " last"))

            let request = try #require(server.requests.first)
            #expect(request.head.first == "POST / HTTP/1.1")
            #expect(request.body == Array("first \(long) last".utf8))
            #expect(request.header("Content-Length") == "200011")
            #expect(request.header("Expect") == nil)
            #expect(request.header("Transfer-Encoding") == nil)
            #expect(request.header("Accept-Encoding") == nil)
            #expect(request.header("Content-Type") == nil)
            #expect(request.header("User-Agent") == "mm7-gateway")
            #expect(response.status == 200)
            #expect(response.body == request.body)
        }
    }

    @Test(
        "every method goes out under its name",
        arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH"], ["", "a body"])
    func methods(method: String, body: String) async throws {
        let script: ScriptedServer.Script = { connection in
            while connection.receive() != nil { connection.send("HTTP/1.1 204 No Content\r\n\r\n") }
        }
        try await withPeer(script: script) { server, client in
            let request = HTTPRequest(method: HTTPMethod(rawValue: method), url: server.url("/a?b=c"))
                .with { $0.body = [Array(body.utf8)[...]] }

            let response = try await client.send(request)

            let received = try #require(server.requests.first)
            #expect(received.head.first == "\(method) /a?b=c HTTP/1.1")
            #expect(received.body == Array(body.utf8))
            let saysLength = !body.isEmpty || method == "POST" || method == "PUT"
            #expect(received.header("Content-Length") == (saysLength ? String(body.utf8.count) : nil))
            #expect(response.status == 204)
        }
    }

    @Test("header fields go out as they are, empty ones too")
    func requestHeaders() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let request = HTTPRequest.post(server.url(), "x").with {
                $0.headers = ["Content-Type": "text/xml; charset=\"utf-8\"", "SOAPAction": "\"\"", "X-Empty": ""]
            }

            _ = try await client.send(request)

            let received = try #require(server.requests.first)
            #expect(received.header("Content-Type") == "text/xml; charset=\"utf-8\"")
            #expect(received.header("SOAPAction") == "\"\"")
            #expect(received.header("X-Empty") == "")
        }
    }

    @Test("the response has the fields of the final head, without trailers")
    func responseHeaders() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.send("HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            connection.send("HTTP/1.1 404 No\r\nX-One:  1 \r\nx-one: 2\r\nX-None:\r\n")
            connection.send("Transfer-Encoding: chunked\r\n\r\n")
            connection.send("3\r\nabc\r\n0\r\nX-Trailer: 1\r\n\r\n")
        }
        try await withPeer(script: script) { server, client in
            let response = try await client.send(HTTPRequest(method: .get, url: server.url()))

            #expect(response.status == 404)
            #expect(response.body == Array("abc".utf8))
            #expect(response.headers.first(named: "X-ONE") == "1")
            #expect(response.headers.all(named: "X-One") == ["1", "2"])
            #expect(response.headers.first(named: "X-None") == "")
            #expect(response.headers.first(named: "X-Early") == nil)
            #expect(response.headers.first(named: "X-Trailer") == nil)
        }
    }

    @Test("credentials go out as HTTP Basic at once and show in no description")
    func credentials() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let credentials = BasicCredentials(username: "Aladdin", password: "open sesame")

            _ = try await client.send(.post(server.url(), "x").with { $0.credentials = credentials })

            #expect(server.requests.map { $0.header("Authorization") } == ["Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="])
            var dumped = ""
            dump(credentials, to: &dumped)
            for text in ["\(credentials)", String(reflecting: credentials), dumped] {
                #expect(!text.contains("Aladdin") && !text.contains("sesame"))
            }
        }
    }

    @Test("requests one after the other share a connection")
    func keepAlive() async throws {
        try await withPeer(script: Script.echo) { server, client in
            for _ in 1...5 {
                _ = try await client.send(.post(server.url(), "x"))
            }

            #expect(server.connections == 1)
            #expect(client.statistics == .init(requests: 5, connectionsOpened: 1))
        }
    }

    @Test("a hundred requests at once each get their own answer")
    func concurrency() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let url = server.url()

            let answers = try await withThrowingTaskGroup { group in
                for number in 1...100 {
                    group.addTask { try await (number, client.send(.post(url, "request ", "\(number)")).body) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = String(decoding: $1.1, as: UTF8.self) }
            }

            #expect(answers.count == 100)
            #expect(answers.allSatisfy { $1 == "request \($0)" })
            #expect(client.statistics.requests == 100)
            #expect(client.statistics.connectionsOpened == server.connections)
        }
    }

    @Test("no more connections to a host are opened than configured")
    func connectionLimit() async throws {
        var configuration = HTTPClient.Configuration()
        configuration.maxConnectionsPerHost = 2
        try await withPeer(configuration, script: Script.echo) { server, client in
            let url = server.url()

            try await withThrowingTaskGroup { group in
                for _ in 1...20 {
                    group.addTask { _ = try await client.send(.post(url, "x")) }
                }
                try await group.waitForAll()
            }

            #expect(server.connections <= 2)
        }
    }
}
