import CurlHTTP
import GatewayCore
import HTTPServing
import NIOSSL
import Synchronization
import Testing
import Trust

@Suite("A listener that speaks TLS", .timeLimit(.minutes(5)))
struct TLSTests {
    private static let get = "GET /path/a HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    @Test("answers a client that offers HTTP/2 by it, many requests at once on one connection")
    func http2() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await withTrustingClient { client in
                // Only once a connection is made it is known that it takes many requests.
                let first = try await client.send(HTTPRequest(method: .get, url: "https://localhost:\(port)/path/0"))
                #expect(first.status == 200)

                let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                    for number in 1...40 {
                        group.addTask {
                            let url = "https://localhost:\(port)/path/\(number)"
                            return try await client.send(HTTPRequest(method: .get, url: url)).status
                        }
                    }
                    return try await group.reduce(into: []) { $0.append($1) }
                }

                #expect(answers == Array(repeating: 200, count: 40))
                #expect(client.statistics.connectionsOpened == 1)
            }
        }
    }

    @Test("answers by HTTP/1.1 whoever does not offer more", arguments: [[], ["http/1.1"], ["spdy/3"]])
    func http1(protocols: [String]) async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            let tls = try TLSFixture.client(protocols: protocols)
            try await RawConnection.open(to: port, by: tls) { connection in
                try await connection.send(Self.get)

                #expect(try await connection.read().hasPrefix("HTTP/1.1 200 OK\r\n"))
            }
        }
    }

    @Test("keeps a connection for several requests, and refuses what is none")
    func kept() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await RawConnection.open(to: port, by: try TLSFixture.client()) { connection in
                try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc")
                #expect(try await connection.read(until: "abc").hasPrefix("HTTP/1.1 200 OK\r\n"))

                try await connection.send("nonsense\r\n\r\n")
                #expect(try await connection.read().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            }
        }
    }

    @Test(
        "is not believed by a client that asks for another name, or sees a certificate that does not count",
        arguments: [("server", "127.0.0.2"), ("expired", "localhost"), ("future", "localhost")])
    func notBelieved(certificate: String, host: String) async throws {
        try await LiveServer.run(identity: try TLSFixture.identity(TLSFixture.settings(certificate))) { port in
            try await withTrustingClient { client in
                var request = HTTPRequest(method: .get, url: "https://\(host):\(port)/path/a")
                request.timeout = .seconds(60)
                do {
                    _ = try await client.send(request)
                    Issue.record("it was believed")
                } catch let failure as HTTPFailure {
                    // 127.0.0.2 is this machine too, where the server does not listen on it.
                    #expect(failure.kind == .certificate || host == "127.0.0.2")
                }
            }
        }
    }

    @Test("is not believed by a client that trusts other authorities, and counts that")
    func unknownAuthority() async throws {
        let reason = try await failure { port in
            var tls = try TLSFixture.client()
            tls.trustRoots = .file(TLSFixture.path("strangers"))
            try? await RawConnection.open(to: port, by: tls) { _ = try await $0.read() }
        }

        #expect(reason == .refused)
    }

    @Test("does not speak TLS 1.1, nor TLS 1.2 where 1.3 is the least", arguments: [TLSVersion.tlsv11, .tlsv12])
    func versions(version: TLSVersion) async throws {
        var settings = TLSFixture.settings()
        if version == .tlsv12 { settings.minimumVersion = .tls13 }

        let reason = try await failure(of: TLSFixture.identity(settings)) { port in
            let tls = try TLSFixture.client(to: version)
            try? await RawConnection.open(to: port, by: tls) { _ = try await $0.read() }
        }

        #expect(reason == .version)
    }

    @Test("tells a client that speaks plainly so, in the form of its other refusals")
    func plaintext() async throws {
        let reason = try await failure { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(Self.get)
                let answer = try await connection.read()

                #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
                #expect(answer.hasSuffix(#"{"code":"bad_request","text":"This port speaks TLS: call it by https"}"#))
            }
        }

        #expect(reason == .plaintext)
    }

    @Test("closes what is neither TLS nor a request")
    func noise() async throws {
        let reason = try await failure { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("\u{1}\u{2}\u{3}")

                let result = try await connection.read()
                #expect(result == "")
            }
        }

        #expect(reason == .plaintext)
    }

    @Test("ends a handshake that does not come to its end in time", arguments: ["", "\u{16}\u{3}\u{1}"])
    func slow(beginning: String) async throws {
        let reason = try await failure(within: .milliseconds(200)) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(beginning)

                let result = try await connection.read()
                #expect(result == "")
            }
        }

        #expect(reason == .late)
    }

    /// The reason of the first handshake that fails while the body runs.
    private func failure(
        of identity: TLSIdentity? = nil, within deadline: Duration = .seconds(300),
        _ body: @escaping @Sendable (_ port: Int) async throws -> Void
    ) async throws -> HandshakeFailure.Reason? {
        let reasons = Mutex<[HandshakeFailure.Reason]>([])
        let (failures, failed) = AsyncStream<Void>.makeStream()
        let note: @Sendable (HandshakeFailure) -> Void = { failure in
            reasons.withLock { $0.append(failure.reason) }
            failed.yield()
        }
        try await LiveServer.run(
            requestDeadline: deadline, identity: try identity ?? TLSFixture.identity(), onHandshakeFailure: note
        ) { port in
            try await body(port)
            // The client may know before the server does.
            _ = await failures.first { _ in true }
        }
        #expect(reasons.withLock(\.count) == 1)
        return reasons.withLock(\.first)
    }
}
