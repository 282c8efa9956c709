import Testing

@testable import CurlHTTP

@Suite("Digest authentication", .timeLimit(.minutes(5)))
struct DigestTests {
    private static func request(
        _ server: ScriptedServer, _ body: String = "hello", password: String = "open sesame"
    ) -> HTTPRequest {
        HTTPRequest.post(server.url("/mm7?x=1"), body, "!").with {
            $0.credentials = BasicCredentials(username: "vasp", password: password)
            $0.authentication = .digest
        }
    }

    /// How many octets each request brought.
    private static func sizes(_ server: ScriptedServer) -> [Int] { server.requests.map(\.body.count) }

    @Test(
        "an empty request asks for the challenge, and later ones go at once",
        arguments: [DigestPeer.Algorithm.md5, .sha256])
    func challenge(algorithm: DigestPeer.Algorithm) async throws {
        try await withPeer(script: DigestPeer(algorithm).script) { server, client in
            for _ in 1...3 {
                let answer = try await client.send(Self.request(server))
                #expect(answer.status == 200)
                #expect(answer.body == Array("hello!".utf8))
            }

            #expect(Self.sizes(server) == [0, 6, 6, 6])
            #expect(server.connections == 1)
            #expect(server.requests.allSatisfy { $0.header("Authorization")?.contains("sesame") != true })
        }
    }

    @Test("requests at the same time each learn a challenge of their own")
    func concurrent() async throws {
        try await withPeer(script: DigestPeer().script) { server, client in
            for _ in 1...2 {
                try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 1...8 {
                        group.addTask { try await client.status(of: Self.request(server, "\(number)")) }
                    }
                    for try await status in group { #expect(status == 200) }
                }
            }

            #expect(Self.sizes(server).count { $0 > 0 } == 16)
            #expect((1...8).contains(Self.sizes(server).count { $0 == 0 }))
        }
    }

    @Test("a challenge that is used up is replaced, whether the peer says so or not", arguments: [true, false])
    func stale(saysStale: Bool) async throws {
        try await withPeer(script: DigestPeer(uses: 2, saysStale: saysStale).script) { server, client in
            for _ in 1...5 {
                let status = try await client.status(of: Self.request(server))
                #expect(status == 200)
            }

            // Five that were taken, and two that were refused because two had answered their challenge.
            #expect(Self.sizes(server).count { $0 > 0 } == 7)
        }
    }

    @Test("a wrong password is a 401 after one try, again and again")
    func wrongPassword() async throws {
        try await withPeer(script: DigestPeer().script) { server, client in
            for _ in 1...2 {
                let status = try await client.status(of: Self.request(server, password: "wrong"))
                #expect(status == 401)
            }

            #expect(Self.sizes(server) == [0, 6, 0, 6])
        }
    }

    @Test("a password that is changed at the peer ends in a 401, and the right one goes again")
    func otherPassword() async throws {
        try await withPeer(script: DigestPeer().script) { server, client in
            let first = try await client.status(of: Self.request(server))
            let wrong = try await client.status(of: Self.request(server, password: "wrong"))
            let last = try await client.status(of: Self.request(server))

            #expect([first, wrong, last] == [200, 401, 200])
        }
    }

    @Test("a peer whose every challenge is stale at once is given up, with nothing sent that could count")
    func endless() async throws {
        try await withPeer(script: DigestPeer(uses: 0).script) { server, client in
            let failure = try await client.failure(of: Self.request(server))

            #expect(failure.kind == .login)
            #expect(!failure.requestMayHaveArrived)
            #expect(server.requests.count <= 4)
        }
    }

    @Test("a peer that takes anybody gets the whole request after the empty one")
    func noChallenge() async throws {
        try await withPeer(script: Script.echo) { server, client in
            let answer = try await client.send(Self.request(server))

            #expect(answer.body == Array("hello!".utf8))
            #expect(Self.sizes(server) == [0, 6])
        }
    }

    @Test(
        "an answer to the empty request alone is none to the request", arguments: ["500 Oops", "400 Bad", "302 Found"])
    func answeredTooEarly(status: String) async throws {
        let early: ScriptedServer.Script = { connection in
            while connection.receive() != nil { connection.answer(status, body: "<accepted/>") }
        }
        try await withPeer(script: early) { server, client in
            let failure = try await client.failure(of: Self.request(server))

            #expect(failure.kind == .login)
            #expect(!failure.requestMayHaveArrived)
            #expect(failure.response == nil)
            #expect(Self.sizes(server) == [0])
        }
    }

    @Test("a peer that wants another login is a 401")
    func otherScheme() async throws {
        let basic: ScriptedServer.Script = { connection in
            while connection.receive() != nil {
                connection.answer("401 Unauthorized", #"WWW-Authenticate: Basic realm="x""#)
            }
        }
        try await withPeer(script: basic) { server, client in
            let status = try await client.status(of: Self.request(server))
            #expect(status == 401)
            #expect(Self.sizes(server) == [0])
        }
    }

    @Test("a lost answer to the empty request means that nothing was sent, to the whole one that it may have arrived")
    func lostAnswers() async throws {
        let losesFirst: ScriptedServer.Script = { $0.receive() }
        try await withPeer(script: losesFirst) { server, client in
            let failure = try await client.failure(of: Self.request(server))
            #expect(failure.kind == .connectionLost)
            #expect(!failure.requestMayHaveArrived)
        }
        let challenge = #"WWW-Authenticate: Digest realm="mm7", qop="auth", nonce="n""#
        let losesSecond: ScriptedServer.Script = { connection in
            connection.receive()
            connection.answer("401 Unauthorized", challenge)
            connection.receive()
        }
        try await withPeer(script: losesSecond) { server, client in
            let failure = try await client.failure(of: Self.request(server))
            #expect(failure.kind == .connectionLost)
            #expect(failure.requestMayHaveArrived)
            #expect(failure.response == nil)
        }
    }

    @Test("a body of many segments is sent again from its start when its challenge is stale")
    func largeBody() async throws {
        let parts = (0..<40).map { String(repeating: "\($0 % 10)", count: 25_000) }
        try await withPeer(script: DigestPeer(uses: 1).script) { server, client in
            for _ in 1...3 {
                let request = Self.request(server).with { $0.body = parts.map { Array($0.utf8)[...] } }
                let answer = try await client.send(request)
                #expect(String(decoding: answer.body, as: UTF8.self) == parts.joined())
            }
        }
    }
}
