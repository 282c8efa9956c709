import Testing

@testable import CurlHTTP

@Suite("Responses whose body is not wanted", .timeLimit(.minutes(5)))
struct HeadAloneTests {
    @Test(
        "the head decides, whatever becomes of the body",
        arguments: [
            ("Content-Length: 10\r\n\r\nhalf", true),
            ("Content-Length: 10\r\n\r\nhalf", false),
            ("\r\nwithout an end", false),
            ("Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", false),
            ("Transfer-Encoding: chunked\r\n\r\nno chunk", false),
            ("Content-Length: 10\r\nContent-Length: 11\r\n\r\n", false),
            ("Content-Length: 3000000\r\n\r\n" + String(repeating: "x", count: 3_000_000), true),
            ("Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone", false),
        ])
    func decided(rest: String, isClosed: Bool) async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.send("HTTP/1.1 202 Accepted\r\nX-Seen: yes\r\n" + rest)
            if !isClosed { connection.receive() }
        }
        try await withPeer(script: script) { server, client in
            let response = try await client.send(.post(server.url(), "x").with { $0.readsBody = false })

            #expect(response.status == 202)
            #expect(response.headers.first(named: "X-Seen") == "yes")
            #expect(response.body.isEmpty)
        }
    }

    @Test("a short body is read to its end, and its connection used again")
    func kept() async throws {
        let script: ScriptedServer.Script = { connection in
            while connection.receive() != nil { connection.answer(body: String(repeating: "x", count: 60_000)) }
        }
        try await withPeer(script: script) { server, client in
            for _ in 1...3 {
                _ = try await client.send(.post(server.url(), "x").with { $0.readsBody = false })
            }

            #expect(server.connections == 1)
        }
    }

    @Test("a redirect that is followed decides nothing")
    func redirected() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.answer("302 Found", "Location: /next")
            connection.receive()
            connection.answer("204 No Content")
        }
        try await withPeer(script: script) { server, client in
            let request = HTTPRequest(method: .get, url: server.url()).with {
                $0.readsBody = false
                $0.maxRedirects = 1
            }

            let response = try await client.send(request)

            #expect(response.status == 204)
        }
    }
}
