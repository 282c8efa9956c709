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
