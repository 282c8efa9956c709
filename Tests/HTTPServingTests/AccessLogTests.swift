import Doubles
import GatewayCore
import HTTPServing
import Hummingbird
import Logging
import Synchronization
import Testing

@Suite("The access log", .timeLimit(.minutes(5)))
struct AccessLogTests {
    /// The lines of a conversation with a server of a few routes.
    private func lines(
        isWanted: Bool = true, _ talk: @escaping @Sendable (RawConnection) async throws -> Void
    ) async throws -> [LogLines.Line] {
        let log = LogLines()
        var listener = Listener("test.listen", host: "127.0.0.1", port: 0)
        listener.access = AccessLog(log.logger) { isWanted }
        let router = Router(context: PeerContext.self)
        router.post("xms/v1/:plan/batches") { request, context in
            let bytes = try await request.bytes(upTo: 10)
            context.note?.comes(from: "plan1")
            context.note?.read(bytes: bytes.count)
            return Response(status: .created, json: ["id": context.trace?.requestID ?? ""])
        }
        router.get("xms/v1/:plan/batches/:id/delivery_report/:number") { _, _ in Response(json: [1]) }
        router.get("xms/v1/:plan/private") { _, _ in Response(status: .unauthorized, json: ["no": true]) }
        router.get("media/:id/:name") { _, _ in
            Response(
                status: .ok,
                body: ResponseBody { writer in
                    for _ in 0..<3 { try await writer.write(ByteBuffer(string: "0123456789")) }
                    try await writer.finish(nil)
                })
        }
        try await listener.serving(router) { port in
            try await RawConnection.open(to: port, talk)
        }
        return log.all
    }

    @Test("has method, path, status, customer, time, id and sizes of a request")
    func request() async throws {
        let lines = try await lines { connection in
            try await connection.send(
                "POST /xms/v1/plan1/batches?token=secret HTTP/1.1\r\nHost: a\r\nX-Request-Id: mine-1\r\nContent-Length: 4\r\n\r\nbody"
            )
            let answer = try await connection.read(until: "}")
            #expect(answer.contains("X-Request-Id: mine-1\r\n"))
            #expect(answer.hasSuffix(#"{"id":"mine-1"}"#))
        }

        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.message == "A request was answered")
        var metadata = line.metadata.mapValues { "\($0)" }
        #expect(Double(metadata.removeValue(forKey: "duration_ms") ?? "") != nil)
        #expect(
            metadata == [
                "server": "test.listen", "method": "POST", "path": "/xms/v1/plan1/batches", "status": "201",
                "customer": "plan1", "request_id": "mine-1", "peer": "127.0.0.1", "bytes_in": "4", "bytes_out": "15",
            ])
    }

    @Test("shows ids, and neither numbers nor what opens a link")
    func paths() async throws {
        let paths = [
            "/xms/v1/plan1/batches/01JB2K3N4P5Q6R7S8T9VWXYZ00/delivery_report/447700900123",
            "/xms/v1/plan1/batches/01JB2K3N4P5Q6R7S8T9VWXYZ00/delivery_report/%2B447700900123?full=secret",
            "/media/secret/picture.jpg?key=secret", "/media/secret/447700900123.jpg",
        ]
        let lines = try await lines { connection in
            for path in paths {
                try await connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await connection.read(until: path.hasPrefix("/media") ? "0\r\n\r\n" : "]")
            }
        }

        #expect(
            lines.map { "\($0.metadata["path"] ?? "")" } == [
                "/xms/v1/plan1/batches/01JB2K3N4P5Q6R7S8T9VWXYZ00/delivery_report/…123",
                "/xms/v1/plan1/batches/01JB2K3N4P5Q6R7S8T9VWXYZ00/delivery_report/+…123", "/media/…", "/media/…",
            ])
        #expect(lines.last?.metadata["bytes_out"] == .stringConvertible(30))
    }

    @Test("has what no route saw: a path of no route, and what is no request")
    func refusals() async throws {
        let lines = try await lines { connection in
            try await connection.send("GET /none HTTP/1.1\r\nHost: a\r\n\r\nNONSENSE\r\n\r\n")
            _ = try await connection.read()
        }

        #expect(lines.map(\.message) == ["A request was answered", "A request was refused before a route had it"])
        #expect(lines.map { "\($0.metadata["status"] ?? "")" } == ["404", "400"])
    }

    @Test("has of a path what the route says, where the rest may be a secret")
    func secrets() async throws {
        let token = "tokentokentoken1"
        let lines = try await lines { connection in
            for path in ["/\(token)", "/xms/v1/\(token)", "/xms/v1/plan1/batches/\(token)", "/xms/v1/\(token)/private"]
            {
                try await connection.send("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                _ = try await connection.read(until: "}")
            }
            try await connection.send(
                "POST /xms/v1/\(token)/batches HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer \(token)\r\n"
                    + "X-Request-Id: \(token)\r\nContent-Length: 0\r\n\r\n")
            #expect(try await !connection.read(until: "}").contains(token))
        }

        #expect(
            lines.map { "\($0.metadata["path"] ?? "")" } == [
                "/…", "/xms/v1/…", "/xms/v1/…", "/xms/v1/{plan}/private", "/xms/v1/{plan}/batches",
            ])
        #expect(!"\(lines)".contains(token))
    }

    @Test("is silent where it is off, and the answer has its id all the same")
    func off() async throws {
        let lines = try await lines(isWanted: false) { connection in
            try await connection.send("GET /none HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try await connection.read(until: "}").contains("X-Request-Id: "))
        }

        #expect(lines.isEmpty)
    }
}
