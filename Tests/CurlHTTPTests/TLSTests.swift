import Testing
import Trust

@testable import CurlHTTP

@Suite("Requests over TLS", .timeLimit(.minutes(5)))
struct TLSTests {
    @Test("where the peer offers HTTP/2, many requests at once are streams of few connections")
    func http2() async throws {
        try await TLSPeer.run(.http2) { port in
            try await withClient { client in
                let first = try await client.send(.post("https://localhost:\(port)/echo", "0"))
                #expect(text(first) == "http2 0")

                let answers = try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 1...40 {
                        group.addTask {
                            text(try await client.send(.post("https://localhost:\(port)/echo", "\(number)")))
                        }
                    }
                    return try await group.reduce(into: Set()) { $0.insert($1) }
                }

                #expect(answers == Set((1...40).map { "http2 \($0)" }))
                #expect(client.statistics.connectionsOpened == 1)
            }
        }
    }

    @Test("a body larger than a window of HTTP/2 arrives whole")
    func largeBody() async throws {
        let body = String(repeating: "picture ", count: 60_000)
        try await TLSPeer.run(.http2) { port in
            try await withClient { client in
                let answer = try await client.send(.post("https://localhost:\(port)/echo", body))

                #expect(text(answer) == "http2 " + body)
            }
        }
    }

    @Test("where it does not, requests go by HTTP/1.1 over connections that are kept")
    func http1() async throws {
        try await TLSPeer.run(.http1) { port in
            try await withClient { client in
                for number in 1...3 {
                    let answer = try await client.send(.post("https://127.0.0.1:\(port)/echo", "\(number)"))
                    #expect(text(answer) == "http1 \(number)")
                }

                #expect(client.statistics.connectionsOpened == 1)
            }
        }
    }

    @Test("a peer whose certificate nobody trusted has signed gets nothing of the request")
    func untrusted() async throws {
        try await TLSPeer.run(.http2) { port in
            try await withClient(trusting: nil) { client in
                let failure = try await client.failure(of: .post("https://localhost:\(port)/echo", "secret"))

                #expect(failure.kind == .certificate)
                #expect(!failure.requestMayHaveArrived)
                #expect(failure.message.contains("signed by an authority"))
            }
        }
    }

    @Test("a peer whose certificate names another gets nothing of the request")
    func otherName() async throws {
        try await TLSPeer.run(.http2, as: .stranger) { port in
            try await withClient { client in
                let failure = try await client.failure(of: .post("https://localhost:\(port)/echo", "secret"))

                #expect(failure.kind == .certificate)
                #expect(!failure.requestMayHaveArrived)
                #expect(
                    failure.message
                        == "the certificate of localhost is for stranger.example, other.example and not for it")
            }
        }
    }
}

/// Runs the body with a client that trusts only the tests' authority, or with nil only the system's.
func withClient(
    trusting authority: String? = TLSPeer.authority, _ body: (HTTPClient) async throws -> Void
) async throws {
    var configuration = HTTPClient.Configuration()
    configuration.trust.authorityFile = authority
    let client = try HTTPClient(configuration)
    do {
        try await body(client)
    } catch {
        await client.shutdown()
        throw error
    }
    await client.shutdown()
}

private func text(_ response: HTTPResponse) -> String {
    String(decoding: response.body, as: UTF8.self)
}
