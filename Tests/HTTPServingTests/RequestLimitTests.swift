import HTTPServing
import Testing

@Suite("How large a request may be", .timeLimit(.minutes(5)))
struct RequestLimitTests {
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
}
