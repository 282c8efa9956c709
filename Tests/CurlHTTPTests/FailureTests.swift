import Testing

@testable import CurlHTTP

@Suite("Failures and what they say about arrival", .timeLimit(.minutes(5)))
struct FailureTests {
    @Test("a refused connection: nothing has arrived")
    func connectionRefused() async throws {
        let client = try HTTPClient()

        let failure = try await client.failure(of: .post("http://127.0.0.1:\(ScriptedServer.unusedPort())/", "x"))

        #expect(failure.kind == .connectionFailed)
        #expect(!failure.requestMayHaveArrived)
        #expect(failure.message.contains("127.0.0.1"))
    }

    @Test("a peer that does not speak TLS: nothing has arrived")
    func noTLS() async throws {
        let script: ScriptedServer.Script = { connection in
            _ = connection.read(upTo: 1)
            connection.answer("400 Bad Request")
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: .post("https://127.0.0.1:\(server.port)/", "x"))

            #expect(failure.kind == .tls)
            #expect(!failure.requestMayHaveArrived)
        }
    }

    @Test("no answer in time: the request may have arrived", arguments: [HTTPMethod.get, .post])
    func timeOut(method: HTTPMethod) async throws {
        try await withPeer(script: Script.silence) { server, client in
            let request = HTTPRequest(method: method, url: server.url()).with {
                $0.timeout = .milliseconds(50)
                $0.body = method == .post ? [[1, 2, 3]] : []
            }

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .timedOut)
            #expect(failure.requestMayHaveArrived)
        }
    }

    @Test("closed instead of answered: the request may have arrived")
    func closedAfterRequest() async throws {
        let script: ScriptedServer.Script = { connection in connection.receive() }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: .post(server.url(), "x"))

            #expect(failure.kind == .connectionLost)
            #expect(failure.requestMayHaveArrived)
            #expect(server.requests.count == 1)
        }
    }

    @Test("closed in the middle of the answer: the request may have arrived")
    func closedInResponse() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: .post(server.url(), "x"))

            #expect(failure.kind == .connectionLost)
            #expect(failure.requestMayHaveArrived)
        }
    }

    @Test("a body beyond the limit is not taken, announced or not", arguments: [true, false])
    func bodyTooLarge(isAnnounced: Bool) async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            let length = isAnnounced ? "Content-Length: 1001\r\n" : ""
            connection.send("HTTP/1.1 200 OK\r\n\(length)\r\n" + String(repeating: "x", count: 1001))
        }
        try await withPeer(script: script) { server, client in
            let request = HTTPRequest(method: .get, url: server.url()).with { $0.responseLimitBytes = 1000 }

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .responseTooLarge(limitBytes: 1000))
            #expect(failure.requestMayHaveArrived)
        }
    }

    @Test("a body that just meets the limit is taken")
    func bodyAtLimit() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.answer(body: String(repeating: "x", count: 1000))
        }
        try await withPeer(script: script) { server, client in
            let request = HTTPRequest(method: .get, url: server.url()).with { $0.responseLimitBytes = 1000 }

            let response = try await client.send(request)

            #expect(response.body.count == 1000)
        }
    }

    @Test("an endless head is not taken")
    func headTooLarge() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            let line = "X-Long: " + String(repeating: "x", count: 1000) + "\r\n"
            connection.send("HTTP/1.1 200 OK\r\n" + String(repeating: line, count: 100))
            connection.send("Content-Length: 0\r\n\r\n")
            connection.receive()
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: HTTPRequest(method: .get, url: server.url()))

            #expect(failure.kind == .responseTooLarge(limitBytes: 65536))
            let request = HTTPRequest(method: .get, url: server.url()).with { $0.headLimitBytes = 200 << 10 }
            #expect(try await client.send(request).headers.count == 101)
        }
    }

    @Test(
        "a head with two lengths, or with one that is no number, is no answer",
        arguments: [
            ["4", "5"], ["5", "4"], ["4, 4"], ["-4"], ["+4"], ["0x4"], ["4 4"], [""], ["9223372036854775808"],
            ["18446744073709551620"], ["4", ""],
        ])
    func contradictory(lengths: [String]) async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            let fields = lengths.map { "Content-Length: \($0)\r\n" }.joined()
            connection.send("HTTP/1.1 200 OK\r\n\(fields)\r\nfour")
            connection.receive()
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: .post(server.url(), "x"))

            #expect(failure.kind == .invalidResponse)
            #expect(failure.requestMayHaveArrived)
        }
    }

    @Test(
        "what came behind such a head goes with the failure where it is wanted, and the connection is not used again",
        arguments: [["5", "4"], ["4", "4000"], ["4, 4"], ["9223372036854775808"]])
    func ambiguous(lengths: [String]) async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            let fields = lengths.map { "Content-Length: \($0)\r\n" }.joined()
            connection.send("HTTP/1.1 200 OK\r\n\(fields)\r\nfour")
            if lengths != ["5", "4"] { return }
            connection.receive()
        }
        try await withPeer(script: script) { server, client in
            let request = HTTPRequest.post(server.url(), "x").with { $0.readsAmbiguousBody = true }

            let failures = [try await client.failure(of: request), try await client.failure(of: request)]

            #expect(failures.map { $0.response?.body } == [Array("four".utf8), Array("four".utf8)])
            #expect(failures.map(\.requestMayHaveArrived) == [true, true])
            #expect(server.requests.map(\.connection) == [1, 2])
        }
    }

    @Test("a length that is said twice is said once")
    func repeatedLength() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.answer("200 OK", "Content-Length: 4", body: "four")
        }
        try await withPeer(script: script) { server, client in
            let response = try await client.send(.post(server.url(), "x"))

            #expect(response.body == Array("four".utf8))
        }
    }

    @Test(
        "interim responses and trailers count with the head, so that none of them is endless",
        arguments: [
            ("HTTP/1.1 103 Early Hints\r\nX: ", "\r\n\r\n"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "X: y\r\n"),
        ])
    func endless(start: String, repeated: String) async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            let isInterim = start.contains("103")
            if !isInterim { connection.send(start) }
            for _ in 0..<20_000 { connection.send((isInterim ? start : "") + repeated) }
            connection.receive()
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: HTTPRequest(method: .get, url: server.url()))

            #expect(failure.kind == .responseTooLarge(limitBytes: 65536))
        }
    }

    @Test(
        "a URL that is not absolute HTTP is refused",
        arguments: [
            "", "localhost", "ftp://127.0.0.1/", "file:///etc/passwd", "http://", "http://a b/", "http://a/\r\nX: y",
            "http://127.0.0.1:99999/",
        ])
    func invalidURL(url: String) async throws {
        let client = try HTTPClient()

        let failure = try await client.failure(of: .post(url, "x"))

        #expect(failure.kind == .invalidURL)
        #expect(!failure.requestMayHaveArrived)
    }

    @Test("text that could begin another header or request is refused")
    func injection() async throws {
        let client = try HTTPClient()
        let request = HTTPRequest.post("http://127.0.0.1:1/", "x")

        let failures = try await [
            client.failure(of: request.with { $0.headers = ["X": "y\r\nZ: 1"] }),
            client.failure(of: request.with { $0.headers = ["X\r\nZ": "y"] }),
            client.failure(of: request.with { $0.headers = ["X": "y\0"] }),
            client.failure(of: request.with { $0.headers = ["": "y"] }),
            client.failure(of: request.with { $0.headers = ["content-length": "1"] }),
            client.failure(of: request.with { $0.headers = ["Transfer-Encoding": "chunked"] }),
            client.failure(of: request.with { $0.method = HTTPMethod(rawValue: "GET / HTTP/1.1\r\nX:") }),
            client.failure(of: request.with { $0.credentials = .init(username: "a\n", password: "b") }),
            client.failure(of: request.with { $0.credentials = .init(username: "a:b", password: "c") }),
        ]

        for failure in failures {
            #expect(failure.kind == .invalidRequest)
            #expect(!failure.requestMayHaveArrived)
        }
    }

    @Test("a failure's text has neither credentials nor query")
    func message() async throws {
        let client = try HTTPClient()
        let port = try ScriptedServer.unusedPort()

        for url in ["http://user:secret@127.0.0.1:\(port)/?q=secret", "http://user:secret@:x/?q=secret"] {
            let failure = try await client.failure(of: HTTPRequest(method: .get, url: url))

            #expect(!failure.message.isEmpty)
            #expect(!failure.message.contains("secret"))
        }
    }
}
