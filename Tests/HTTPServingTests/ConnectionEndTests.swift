import HTTPServing
import Hummingbird
import Testing

@Suite("How connections go on and end", .timeLimit(.minutes(5)))
struct ConnectionEndTests {
    @Test(
        "whoever says so is closed after the answer, which says so as well",
        arguments: [
            "GET /peer HTTP/1.1\r\nHost: a\r\nConnection: Close\r\n\r\n",
            "GET /peer HTTP/1.1\r\nHost: a\r\nConnection: x, close\r\n\r\n", "GET /peer HTTP/1.0\r\n\r\n",
            "POST /echo HTTP/1.0\r\nContent-Length: 1\r\n\r\na", "GET /nowhere HTTP/1.0\r\n\r\n",
        ])
    func closed(text: String) async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(text)

                #expect(try await connection.read().lowercased().contains("connection: close\r\n"))
            }
        }
    }

    @Test("HTTP/1.0 goes on where it asks for that")
    func keptAlive() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                for _ in 0..<2 {
                    try await connection.send("GET /peer HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")

                    let answer = try await connection.read(until: "}")
                    #expect(answer.lowercased().contains("connection: keep-alive\r\n"))
                }
            }
        }
    }

    @Test("an answer of unknown length ends with the connection where HTTP/1.0 asked")
    func noChunks() async throws {
        let router = Router(context: PeerContext.self)
        router.get("pieces") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for piece in ["one ", "two"] { try await writer.write(ByteBuffer(string: piece)) }
                    try await writer.finish(nil)
                })
        }
        try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send("GET /pieces HTTP/1.0\r\n\r\n")

                let answer = try await connection.read()
                #expect(answer.hasSuffix("\r\n\r\none two"))
                #expect(!answer.lowercased().contains("transfer-encoding"))
            }
        }
    }

    @Test(
        "what is no request is answered in the form of the server, told, and closed",
        arguments: [
            ("GET /peer HTTP/1.1\r\n\r\n", "400", RequestRefusal.noHost),
            ("GET /peer HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400", .severalHosts),
            ("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n", "501", .unknownEncoding),
            ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "501", .tunnel),
            ("GET /peer HTTP/3.0\r\n\r\n", "505", .unknownVersion), ("\u{16}\u{03}\u{01}", "400", .badRequestLine),
        ])
    func noRequest(text: String, status: String, refusal: RequestRefusal) async throws {
        let (refusals, tell) = AsyncStream<RequestRefusal>.makeStream()
        let form = RefusalForm(contentType: "text/x") { Array("<\($0)>".utf8) }
        let listener = Listener(host: "127.0.0.1", port: 0, refusalForm: form) { refusal, _ in tell.yield(refusal) }
        try await listener.serving(Router(context: PeerContext.self)) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(text)

                let answer = try await connection.read()
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
                #expect(answer.contains("Content-Type: text/x\r\n"))
                #expect(answer.hasSuffix("\r\n\r\n<\(refusal)>"))
            }
        }
        for await told in refusals {
            #expect(told == refusal)
            break
        }
    }

    @Test("a compressed body is refused with what is taken instead, and the connection goes on")
    func compressed() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                for encoding in ["gzip", "Deflate", "identity, br"] {
                    try await connection.send(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: \(encoding)\r\nContent-Length: 1\r\n\r\na")
                    let answer = try await connection.read(until: "}")
                    #expect(answer.hasPrefix("HTTP/1.1 415 "))
                    #expect(answer.lowercased().contains("accept-encoding: identity\r\n"))
                }
                // What is no compression is meant for another field.
                for encoding in ["Identity", "UTF-8", "binary", "none"] {
                    try await connection.send(
                        "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Encoding: \(encoding)\r\nContent-Length: 2\r\n\r\nok"
                    )
                    #expect(try await connection.read(until: "ok").hasPrefix("HTTP/1.1 200 "))
                }
            }
        }
    }

    @Test("a body in small chunks and a folded field arrive as they are meant")
    func chunked() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: a/b;\r\n c=d\r\nTransfer-Encoding: Chunked\r\n\r\n"
                        + "1\r\na\r\n1;x=y\r\nb\r\n0\r\nX: 1\r\n\r\nGET /path/next HTTP/1.1\r\nHost: a\r\n\r\n")

                let answers = try await connection.read(until: "]")
                #expect(answers.contains("\r\n\r\nab"))
                #expect(answers.hasSuffix("[\"next\"]"))
            }
        }
    }

    @Test("requests that are sent ahead, and then the end, are all answered in their order")
    func ahead() async throws {
        try await LiveServer.run { port in
            try await RawConnection.open(to: port) { connection in
                let count = 200
                let requests = (0..<count).map { "GET /path/\($0) HTTP/1.1\r\nHost: a\r\n\r\n" }
                try await connection.send(requests.joined())
                try await connection.finish()

                let answers = try await connection.read()
                #expect(answers.ranges(of: "HTTP/1.1 200 OK").count == count)
                var rest = answers[...]
                for number in 0..<count {
                    let place = try #require(rest.firstRange(of: "[\"\(number)\"]"))
                    rest = rest[place.upperBound...]
                }
            }
        }
    }

    @Test("a request that is sent ahead is not begun before the answer to the one before it is out")
    func oneAtATime() async throws {
        let (begins, begin) = AsyncStream<String>.makeStream()
        let (ends, end) = AsyncStream<Void>.makeStream()
        let router = Router(context: PeerContext.self)
        router.get("long") { _, _ in
            begin.yield("long")
            return Response(
                status: .ok,
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "begun"))
                    for await _ in ends {}
                    begin.yield("done")
                    try await writer.finish(nil)
                })
        }
        router.get("next") { _, _ in
            begin.yield("next")
            return Response(json: ["next"])
        }
        try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
            try await RawConnection.open(to: port) { connection in
                try await connection.send(
                    "GET /long HTTP/1.1\r\nHost: a\r\n\r\nGET /next HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await connection.read(until: "begun")
                end.finish()
                _ = try await connection.read(until: "next")
            }
        }
        begin.finish()
        #expect(await begins.reduce(into: []) { $0.append($1) } == ["long", "done", "next"])
    }

    @Test("a connection that is silent leaves for one that speaks")
    func silent() async throws {
        try await LiveServer.run(maxConnections: 2) { port in
            try await RawConnection.open(to: port) { silent in
                try await RawConnection.open(to: port) { other in
                    try await other.send("GET /path/a HTTP/1.1\r\nHost: a\r\n\r\n")
                    _ = try await other.read(until: "]")
                    try await RawConnection.open(to: port) { third in
                        try await third.send("GET /path/b HTTP/1.1\r\nHost: a\r\n\r\n")
                        #expect(try await third.read(until: "]").hasSuffix("[\"b\"]"))
                    }
                }
                #expect(try await silent.read() == "")
            }
        }
    }

    @Test("a server that cannot listen says which it is, where, and why", arguments: ["127.0.0.1", "192.0.2.1"])
    func cannotListen(host: String) async throws {
        try await LiveServer.run { port in
            let listener = Listener("mm7.listen", host: host, port: port)
            do {
                try await listener.serving(Router(context: PeerContext.self)) { _ in }
                Issue.record("it listens")
            } catch let failure as ListenFailure {
                #expect(failure.description.hasPrefix("mm7.listen cannot listen on \(host):\(port): the "))
            }
        }
    }
}
