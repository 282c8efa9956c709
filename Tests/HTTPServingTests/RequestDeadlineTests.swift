import HTTPServing
import Testing

@Suite("A request that does not come to its end in time", .timeLimit(.minutes(5)))
struct RequestDeadlineTests {
    @Test("a request whose body drips is ended with 408 at the deadline")
    func drip() async throws {
        try await LiveServer.run(requestDeadline: .milliseconds(200)) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")

                let answer = try await connection.read()

                #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
                #expect(answer.lowercased().contains("content-type: application/json\r\n"))
                #expect(answer.hasSuffix(#"{"code":"request_timeout","text":"The request took too long to arrive"}"#))
                #expect(answer.components(of: "HTTP/1.1") == 1)
            }
        }
    }

    @Test("the 408 says what the server was given to say")
    func timeoutAnswer() async throws {
        let form = RefusalForm(contentType: "text/xml") { Array("<\($0)/>".utf8) }
        try await LiveServer.run(requestDeadline: .milliseconds(200), refusalForm: form) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")

                let answer = try await connection.read()

                #expect(answer.hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
                #expect(answer.lowercased().contains("content-length: 7\r\n"))
                #expect(answer.lowercased().contains("content-type: text/xml\r\n"))
                #expect(answer.hasSuffix("\r\n\r\n<late/>"))
            }
        }
    }

    @Test(
        "a route hears of a body that does not come to its end, by the deadline or by a peer that goes away",
        arguments: ["Content-Length: 9\r\n\r\nx", "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"], [true, false])
    func cutOff(rest: String, byDeadline: Bool) async throws {
        let (failures, failure) = AsyncStream<String>.makeStream()
        let deadline = Duration.milliseconds(byDeadline ? 200 : 60_000)
        let note: @Sendable (any Error) -> Void = { failure.yield("\($0)") }
        try await LiveServer.run(requestDeadline: deadline, onCutOff: note) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\n\(rest)")
                if byDeadline { _ = try await connection.read() }
            }
            for await _ in failures { break }
        }
    }

    @Test("a body that drips after its answer ends the connection without a second answer")
    func dripAfterAnswer() async throws {
        // On a busy machine the deadline may come before the answer; then there is a longer one.
        for seconds in [1, 10, 100] {
            let (answers, answer) = AsyncStream<String>.makeStream()
            try await LiveServer.run(requestDeadline: .seconds(seconds)) { port in
                try await RawConnection.open(to: port) { connection in
                    try await connection.send("POST /refuse HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx")
                    answer.yield(try await connection.read())
                    answer.finish()
                }
            }
            let text = await answers.reduce("", +)
            #expect(text.components(of: "HTTP/1.1") == 1)
            if text.hasPrefix("HTTP/1.1 403 Forbidden\r\n") { return }
        }
        Issue.record("the answer did not come before the deadline")
    }

    @Test("requests in time on one connection are all answered, the deadline of each its own")
    func keepAlive() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                for word in ["one", "two", "six"] {
                    try await connection.send(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n\(word)")
                    #expect(try await connection.read(until: word).hasPrefix("HTTP/1.1 200 OK\r\n"))
                }
            }
        }
    }

    @Test("a request whose head drips is ended with 408 at the deadline, which begins with its first octet")
    func drippedHead() async throws {
        try await LiveServer.run(requestDeadline: .milliseconds(200)) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("G")

                #expect(try await connection.read().hasPrefix("HTTP/1.1 408 Request Timeout\r\n"))
            }
        }
    }

    @Test("a head that never ends is closed by the idle timeout")
    func idle() async throws {
        try await LiveServer.run(idleTimeout: .seconds(1)) { port in
            try await RawConnection.open(to: port) { connection in
                // On a busy machine the connection may be closed before anything was sent.
                try? await connection.send("POST /echo HTTP/1.1\r\nHost:")

                #expect(((try? await connection.read()) ?? "") == "")
            }
        }
    }
}

extension String {
    /// How often the other text is in it.
    fileprivate func components(of part: String) -> Int {
        ranges(of: part).count
    }
}
