import Testing

@testable import CurlHTTP

/// libcurl repeats a request by itself when the kept connection it took proves dead.
@Suite("Repetition over dead connections", .timeLimit(.minutes(5)))
struct RepetitionTests {
    /// Answers the first request of the first connection and closes upon the second; answers all others.
    private static let closesUponSecond: ScriptedServer.Script = { connection in
        guard connection.receive() != nil else { return }
        connection.answer()
        while connection.receive() != nil, connection.number > 1 {
            connection.answer()
        }
    }

    @Test("a request that may cost something is not repeated", arguments: ["a body", ""], [HTTPMethod.post, .put])
    func costly(body: String, method: HTTPMethod) async throws {
        try await withPeer(script: Self.closesUponSecond) { server, client in
            let request = HTTPRequest.post(server.url(), body).with { $0.method = method }
            _ = try await client.send(request)

            let failure = try await client.failure(of: request)

            #expect(failure.kind == .connectionLost)
            #expect(failure.requestMayHaveArrived)
            #expect(server.requests.count == 2)
        }
    }

    @Test("a request is not repeated once its body has begun to arrive")
    func costlyAndLong() async throws {
        try await withPeer(script: Self.resetsSecond(afterBytes: 4096)) { server, client in
            let long = String(repeating: "x", count: 4_000_000)
            _ = try await client.send(.post(server.url(), "first"))

            let failure = try await client.failure(of: .post(server.url(), long, long))

            #expect(failure.kind == .connectionLost)
            #expect(failure.requestMayHaveArrived)
            #expect(server.requests.count == 1)
        }
    }

    /// Depending on when the reset comes, libcurl has sent nothing of the body, has taken some of it, or sent some.
    @Test("whenever a connection dies, the body arrives whole elsewhere or not at all", arguments: 1...20)
    func costlyAndUnlucky(round: Int) async throws {
        try await withPeer(script: Self.resetsSecond(afterBytes: 1)) { server, client in
            let long = String(repeating: "x", count: 100_000)
            _ = try await client.send(.post(server.url(), "first"))

            do throws(HTTPFailure) {
                _ = try await client.send(.post(server.url(), long, "end"))
                #expect(server.requests.map(\.body) == [Array("first".utf8), Array("\(long)end".utf8)])
            } catch {
                #expect(error.kind == .connectionLost)
                #expect(error.requestMayHaveArrived)
                #expect(server.requests.count == 1)
            }
        }
    }

    /// Answers the first request of the first connection, and closes it with bytes of the second unread, which resets
    /// it. Answers all others.
    private static func resetsSecond(afterBytes count: Int) -> ScriptedServer.Script {
        { connection in
            guard connection.receive() != nil else { return }
            connection.answer()
            guard connection.number == 1 else { return Script.echo(connection) }
            for _ in 1...count where connection.read(upTo: 1) == nil { return }
        }
    }

    @Test("a request that only asks is repeated")
    func harmless() async throws {
        try await withPeer(script: Self.closesUponSecond) { server, client in
            let request = HTTPRequest(method: .get, url: server.url())
            _ = try await client.send(request)

            let response = try await client.send(request)

            #expect(response.status == 200)
            #expect(server.requests.map(\.connection) == [1, 1, 2])
        }
    }

    @Test("a connection known to be closed is not used again")
    func closedMeanwhile() async throws {
        let script: ScriptedServer.Script = { connection in
            connection.receive()
            connection.answer()
        }
        try await withPeer(script: script) { server, client in
            _ = try await client.send(.post(server.url(), "x"))
            _ = await server.events.first { $0 == .closed(connection: 1) }

            let response = try await client.send(.post(server.url(), "y"))

            #expect(response.status == 200)
            #expect(server.requests.map(\.connection) == [1, 2])
        }
    }

    @Test("the ledger of what may have arrived")
    func delivery() {
        var post = RequestProgress(of: .post("", "x"))
        #expect(post.start() == .first)
        #expect(!post.requestMayHaveArrived)
        #expect(post.start() == .repeated)
        post.handOutBody()
        #expect(post.requestMayHaveArrived)
        #expect(!post.mayRewind)
        #expect(post.start() == .refused)
        post.answer()
        #expect(post.mayRewind)
        #expect(post.start() == .redirected)

        var get = RequestProgress(of: HTTPRequest(method: .get, url: ""))
        #expect(!get.requestMayHaveArrived)
        #expect(get.start() == .first)
        #expect(get.requestMayHaveArrived)
        #expect(get.start() == .repeated)
    }
}
