import CurlHTTP
import GatewayCore
import HTTPServing
import NIOCore
import NIOHPACK
import NIOHTTP2
import Testing

@Suite("Requests by HTTP/2", .timeLimit(.minutes(5)))
struct StreamTests {
    @Test("each gets its answer, also one with a body")
    func answered() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                let result = try await client.ask()
                #expect(result == .init(status: "200", body: #"["a"]"#))
                let secondResult = try await client.ask("POST", "/echo", body: "abc")
                #expect(secondResult == .init(status: "200", body: "abc"))
                let thirdResult = try await client.ask("GET", "/peer").body
                #expect(thirdResult == #"{"isLoopback":true}"#)
                let fourthResult = try await client.ask("GET", "/nowhere").status
                #expect(fourthResult == "404")
            }
        }
    }

    @Test("a body over the limit of its route is refused, and the connection goes on")
    func tooLarge() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                let long = String(repeating: "x", count: 1000)
                let result = try await client.ask("POST", "/echo", body: long).status
                #expect(result == "413")
                let secondResult = try await client.ask().status
                #expect(secondResult == "200")
            }
        }
    }

    @Test(
        "what is ambiguous is refused as it is by HTTP/1.1",
        arguments: [
            ([("host", "b")], "400", "The Host field names no host"),
            ([("x", "a\u{1}b")], "400", "There is a control character in the head"),
            ([("x", String(repeating: "y", count: 9000))], "400", "The head is too large"),
            ((0..<70).map { ("x-\($0)", "1") }, "400", "The head is too large"),
        ])
    func refused(fields: [(String, String)], status: String, text: String) async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                let answer = try await client.ask("GET", "/path/a", fields)

                // The library refuses some of it by itself.
                #expect(answer.reset != nil || answer.status == status && answer.body.contains(text))
                let result = try await client.ask().status
                #expect(result == "200")
            }
        }
    }

    @Test("a peer that does not take its refusal has the stream for no longer than the deadline")
    func refusalNotTaken() async throws {
        try await LiveServer.run(requestDeadline: .milliseconds(300), identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port, window: 0) { client in
                let answer = try await client.ask("GET", "/path/a", [("host", "b")])

                #expect(answer == .init(status: "400", body: "", reset: .cancel))
            }
        }
    }

    @Test("a guess that is reset while it waits for its answer waits no longer")
    func resetGuess() async throws {
        let (begun, begins) = AsyncStream<Void>.makeStream()
        let (ended, ends) = AsyncStream<Void>.makeStream()
        let start = ContinuousClock.now
        let clock = MonotonicClock(
            now: { start },
            sleep: { _ in
                begins.yield()
                for await _ in AsyncStream<Void>.makeStream().stream {}
                ends.yield()
            })
        let head = StreamClient.Frame.headers(
            .init(
                headers: [
                    ":method": "GET", ":scheme": "https", ":authority": "a", ":path": "/guess",
                    "authorization": "Bearer guessed",
                ], endStream: true))
        try await LiveServer.run(identity: try TLSFixture.identity(), clock: clock) { port in
            try await StreamClient.open(to: port) { client in
                for _ in 0..<20 {
                    let result = try await client.ask("GET", "/guess", [("authorization", "Bearer guessed")]).status
                    #expect(result == "401")
                }
                try await client.talk { write, _ in
                    try await write(head)
                    for await _ in begun { break }
                    try await write(.rstStream(.cancel))
                }
                for await _ in ended { break }
            }
        }
    }

    @Test("a body that drips is answered 408 at the deadline, and the connection goes on")
    func late() async throws {
        try await LiveServer.run(requestDeadline: .milliseconds(300), identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                let answer = try await client.ask("POST", "/echo", body: "a", ends: false)

                #expect(answer.status == "408")
                #expect(answer.body == #"{"code":"request_timeout","text":"The request took too long to arrive"}"#)
                let result = try await client.ask().status
                #expect(result == "200")
            }
        }
    }

    @Test("one address has half of the requests under way; further ones are refused, to be sent again")
    func share() async throws {
        try await LiveServer.run(maxConnections: 4, identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                try await client.talk { write, _ in
                    try await write(Self.openHead)
                    try await client.talk { write, _ in
                        try await write(Self.openHead)

                        let result = try await client.ask().reset
                        #expect(result == .refusedStream)
                    }
                }
            }
        }
    }

    @Test("whoever opens streams only to reset them is cut off")
    func rapidReset() async throws {
        try await LiveServer.run(identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                await #expect(throws: (any Error).self) {
                    for _ in 0..<1000 {
                        try await client.talk { write, _ in
                            try await write(Self.openHead)
                            try await write(.rstStream(.cancel))
                        }
                    }
                }
                try await client.channel.closeFuture.get()
            }
        }
    }

    @Test("a connection without a request is closed after the idle time")
    func idle() async throws {
        try await LiveServer.run(idleTimeout: .milliseconds(200), identity: try TLSFixture.identity()) { port in
            try await StreamClient.open(to: port) { client in
                try await client.channel.closeFuture.get()
            }
        }
    }

    private static let openHead = StreamClient.Frame.headers(
        .init(
            headers: [":method": "POST", ":scheme": "https", ":authority": "a", ":path": "/echo"], endStream: false))
}
