import Testing

@testable import CurlHTTP

@Suite("Bodies with a Content-Encoding", .timeLimit(.minutes(5)))
struct CodingTests {
    private static let text = "a picture, a picture, a picture"

    /// The text, as gzip makes it.
    private static let gzip: [UInt8] = [
        0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0x4B, 0x54, 0x28, 0xC8, 0x4C, 0x2E, 0x29, 0x2D, 0x4A, 0xD5, 0x51, 0x48,
        0xC4, 0xC2, 4, 0, 0xA2, 0x45, 0xD9, 0x59, 0x1F, 0, 0, 0,
    ]

    @Test("a body is decoded where the request wants it, within its limit, and the name of the coding is taken away")
    func decoded() async throws {
        try await withPeer(script: answering(Self.gzip, as: "gzip")) { server, client in
            let response = try await client.send(decoding(server.url()))

            #expect(response.body == Array(Self.text.utf8))
            #expect(response.headers.first(named: "Content-Encoding") == nil)
            #expect(server.requests.first?.header("Accept-Encoding") == nil)
        }
    }

    @Test("a body is left as it is where the request does not want it")
    func undecoded() async throws {
        try await withPeer(script: answering(Self.gzip, as: "gzip")) { server, client in
            let response = try await client.send(HTTPRequest(method: .get, url: server.url()))

            #expect(response.body == Self.gzip)
            #expect(response.headers.first(named: "Content-Encoding") == "gzip")
        }
    }

    @Test("more than the limit does not come out of a body that is within it")
    func bomb() async throws {
        let limit = Self.gzip.count - 5
        try await withPeer(script: answering(Self.gzip, as: "gzip")) { server, client in
            let failures = try await [
                client.failure(of: decoding(server.url()).with { $0.responseLimitBytes = limit }),
                client.failure(of: decoding(server.url()).with { $0.responseLimitBytes = 33 }),
            ]

            #expect(failures.map(\.kind) == [.responseTooLarge(limitBytes: limit), .responseTooLarge(limitBytes: 33)])
        }
    }

    @Test(
        "a name that is of no coding, or of one that the body is not in, stays with the body",
        arguments: ["identity", "aws-chunked", "UTF-8", "gzip", "deflate", "zstd"])
    func plain(name: String) async throws {
        let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16]
        try await withPeer(script: answering(picture, as: name)) { server, client in
            let response = try await client.send(decoding(server.url()))

            #expect(response.body == picture)
            #expect(response.headers.first(named: "Content-Encoding") == name)
        }
    }

    @Test("the last of several codings is undone first, and names that mean nothing are left")
    func several() async throws {
        try await withPeer(script: answering(Self.gzip, as: "gzip , aws-chunked")) { server, client in
            let response = try await client.send(decoding(server.url()))

            #expect(response.body == Array(Self.text.utf8))
            #expect(response.headers.all(named: "Content-Encoding") == ["aws-chunked"])
        }
    }

    @Test("a damaged body is a failure that has what could be read of it")
    func damaged() async throws {
        try await withPeer(script: answering(Self.gzip.dropLast(4), as: "gzip")) { server, client in
            let failure = try await client.failure(of: decoding(server.url()))

            #expect(failure.kind == .brokenCoding)
            #expect(failure.requestMayHaveArrived)
            #expect(failure.response?.status == 200)
            #expect(failure.response?.body == Array(Self.text.utf8))
        }
    }

    @Test(
        "a body shorter than its length is a failure that has the head and what came, decoded",
        arguments: [true, false])
    func short(isPacked: Bool) async throws {
        let body = isPacked ? Self.gzip : Array(Self.text.utf8)
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            let coding = isPacked ? "Content-Encoding: gzip\r\n" : ""
            connection.send("HTTP/1.1 202 Accepted\r\n\(coding)Content-Length: \(body.count + 2)\r\n\r\n")
            connection.send(body)
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: decoding(server.url()))

            #expect(failure.kind == .connectionLost)
            #expect(failure.response?.status == 202)
            #expect(failure.response?.body == Array(Self.text.utf8))
        }
    }

    @Test("a failure before the head is complete, or after a redirect was followed, has no response")
    func noHead() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.send("HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n")
            connection.receive()
            connection.send("HTTP/1.1 200 OK\r\nContent-")
        }
        try await withPeer(script: script) { server, client in
            let failure = try await client.failure(of: decoding(server.url()).with { $0.maxRedirects = 1 })

            #expect(failure.kind == .connectionLost)
            #expect(failure.response == nil)
        }
    }

    private func decoding(_ url: String) -> HTTPRequest {
        HTTPRequest(method: .get, url: url).with { $0.decodesBody = true }
    }

    private func answering(_ body: some Collection<UInt8> & Sendable, as coding: String) -> ScriptedServer.Script {
        { connection in
            while connection.receive() != nil {
                connection.send(
                    "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n")
                connection.send(body)
            }
        }
    }
}
