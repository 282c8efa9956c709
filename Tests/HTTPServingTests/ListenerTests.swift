import HTTPServing
import Testing

@Suite("A server on the wire", .timeLimit(.minutes(5)))
struct ListenerTests {
    @Test("a request that expects 100-continue is told to go on")
    func goOn() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n"
                )
                #expect(try await connection.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")

                try await connection.send("hello")

                let answer = try await connection.read(until: "hello")
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            }
        }
    }

    @Test("an expectation that came early is answered after the answers before it")
    func goOnInTurn() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "GET /peer HTTP/1.1\r\nHost: a\r\n\r\n"
                        + "POST /echo HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")

                let answers = try await connection.read(until: "100 Continue\r\n\r\n")

                #expect(answers.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answers.hasSuffix("}HTTP/1.1 100 Continue\r\n\r\n"))
            }
        }
    }

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

    @Test(
        "a head beyond the limits is answered 400 and closed",
        arguments: [(fields: 1, length: 9000), (fields: 5, length: 4000), (fields: 70, length: 1)])
    func headLimits(fields: Int, length: Int) async throws {
        let field = "X: " + String(repeating: "a", count: length) + "\r\n"
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "GET /peer HTTP/1.1\r\nHost: a\r\n\(String(repeating: field, count: fields))\r\n")

                #expect(try await connection.read().hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            }
        }
    }

    @Test(
        "a body beyond the limit is refused, announced or not",
        arguments: [
            "Content-Length: 17\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n11\r\n01234567890123456\r\n0\r\n\r\n",
        ])
    func bodyLimit(rest: String) async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("POST /echo HTTP/1.1\r\nHost: a\r\n\(rest)")

                let answer = try await connection.read(until: "}")
                #expect(answer.hasPrefix("HTTP/1.1 413 "))
                #expect(answer.hasSuffix(#"{"limit":16}"#))
            }
        }
    }

    @Test(
        "a large body is taken whole, announced or not, and the connection goes on",
        arguments: [20_000, 100_000], [true, false])
    func largeBody(count: Int, isAnnounced: Bool) async throws {
        let body = String(repeating: "a", count: count)
        let rest =
            isAnnounced
            ? "Content-Length: \(count)\r\n\r\n\(body)"
            : "Transfer-Encoding: chunked\r\n\r\n\(String(count, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                for _ in 0..<2 {
                    try await connection.send("POST /large HTTP/1.1\r\nHost: a\r\n\(rest)")

                    #expect(try await connection.read(until: "}").hasSuffix(#"{"bytes":\#(count)}"#))
                }
            }
        }
    }

    @Test(
        "after a body beyond the limit, which its peer sends to the end, the connection goes on",
        arguments: [true, false])
    func afterTooLarge(isAnnounced: Bool) async throws {
        let body = String(repeating: "a", count: 150_000)
        let rest =
            isAnnounced
            ? "Content-Length: 150000\r\n\r\n\(body)"
            : "Transfer-Encoding: chunked\r\n\r\n\(String(150_000, radix: 16))\r\n\(body)\r\n0\r\n\r\n"
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("POST /large HTTP/1.1\r\nHost: a\r\n\(rest)")
                #expect(try await connection.read(until: "}").hasSuffix(#"{"limit":100000}"#))

                try await connection.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab")

                #expect(try await connection.read(until: "}").hasSuffix(#"{"bytes":2}"#))
            }
        }
    }

    @Test("a peer that wants to close gets to read that its body was too large, and the connection ends")
    func closeAfterTooLarge() async throws {
        // More than the two ends keep for each other.
        let body = String(repeating: "a", count: 30_000_000)
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.sendAll(
                    "POST /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 30000000\r\n\r\n\(body)")

                #expect(try await connection.read().hasSuffix(#"{"limit":100000}"#))
            }
        }
    }

    @Test("so does one that is refused before its body is read")
    func closeAfterRefusal() async throws {
        let body = String(repeating: "a", count: 30_000_000)
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.sendAll(
                    "POST /refuse HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 30000000\r\n\r\n\(body)")

                #expect(try await connection.read().hasSuffix(#"{"no":true}"#))
            }
        }
    }

    @Test("a body of exactly the limit is taken")
    func bodyAtLimit() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 16\r\n\r\n0123456789abcdef")

                #expect(try await connection.read(until: "abcdef").hasPrefix("HTTP/1.1 200 OK\r\n"))
            }
        }
    }

    @Test("a route knows the address at the other end")
    func peer() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /peer HTTP/1.1\r\nHost: a\r\n\r\n")

                #expect(try await connection.read(until: "}").hasSuffix(#"{"isLoopback":true}"#))
            }
        }
    }

    @Test(
        "a parameter of the path comes with its encoding undone",
        arguments: [
            ("%2B1555", "+1555"), ("+1555", "+1555"), ("a%20b", "a b"), ("%zz", "%zz"), ("%2", "%2"), ("%FF", "%FF"),
            ("%+1", "%+1"), ("Gr%C3%BC%C3%9Fe", "Grüße"),
        ])
    func pathParameter(raw: String, value: String) async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /path/\(raw) HTTP/1.1\r\nHost: a\r\n\r\n")

                #expect(try await connection.read(until: "]").hasSuffix("[\"\(value)\"]"))
            }
        }
    }

    @Test("a path that no route has is answered in JSON, and without a body to HEAD")
    func nothingThere() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n")
                let answer = try await connection.read(until: "}")
                #expect(answer.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
                #expect(answer.lowercased().contains("content-type: application/json"))
                #expect(answer.hasSuffix(#"{"code":"not_found","text":"There is nothing at this path"}"#))

                try await connection.send("HEAD /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let bare = try await connection.read(until: "\r\n\r\n")
                #expect(bare.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
                #expect(bare.hasSuffix("\r\n\r\n"))
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
