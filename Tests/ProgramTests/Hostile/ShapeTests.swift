import Foundation
import TestPeers
import Testing

/// Single requests of shapes that servers and the proxies before them read differently, or that reach for what is not
/// theirs: each gets a refusal, and the gateway goes on.
@Suite("Requests of hostile shapes", .timeLimit(.minutes(10)))
struct ShapeTests {
    @Test("a request whose framing can be read in two ways is refused at once, and its connection closed")
    func framing() async throws {
        try await Ground.run { ground in
            for (shape, text) in Shapes.framing {
                for port in [ground.ports.customers, ground.ports.mm7, ground.ports.operations] {
                    let connection = try #require(ground.connect(to: port, seconds: 5))
                    connection.send(text)
                    let statuses = connection.statusesToTheEnd()
                    #expect(statuses != nil, "\(shape) leaves the connection open")
                    #expect(statuses?.first.map { 400..<600 ~= $0 } != false, "\(shape) got \(statuses ?? [])")
                    #expect(statuses.map { $0.count <= 1 } != false, "\(shape) got \(statuses ?? [])")
                }
            }
            try await expectWell(ground)
        }
    }

    @Test("what follows a chunk that is none is never taken for a request")
    func chunking() async throws {
        try await Ground.run { ground in
            for (shape, text) in Shapes.chunking {
                for port in [ground.ports.customers, ground.ports.mm7, ground.ports.operations] {
                    let connection = try #require(ground.connect(to: port, seconds: 5))
                    connection.send(text)
                    let statuses = connection.statusesToTheEnd()
                    #expect(statuses != nil, "\(shape) leaves the connection open")
                    #expect(statuses?.dropFirst().allSatisfy { $0 == 400 } != false, "\(shape) got \(statuses ?? [])")
                }
            }
            try await expectWell(ground)
        }
    }

    @Test("no path and no method reaches what is not meant for it")
    func paths() async throws {
        try await Ground.run { ground in
            for request in Shapes.paths + Shapes.methods {
                let connection = try #require(ground.connect(to: ground.ports.customers))
                connection.send("\(request) HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer token-of-plan1\r\n\r\n")
                let status = try #require(connection.answer()?.status, "\(request)")
                #expect(400..<600 ~= status, "\(request) got \(status)")
            }
            try await expectWell(ground)
        }
    }

    @Test("a token opens its own plan alone, in whatever form it comes")
    func tokens() async throws {
        try await Ground.run { ground in
            for authorization in Shapes.authorizations {
                let connection = try #require(ground.connect(to: ground.ports.customers))
                connection.send(
                    "GET /xms/v1/plan1/batches HTTP/1.1\r\nHost: a\r\nAuthorization: \(authorization)\r\n\r\n")
                let status = try #require(connection.answer()?.status, "\(authorization)")
                #expect([400, 401, 431].contains(status), "\(authorization.prefix(60)) got \(status)")
            }
        }
    }

    @Test("forged links to media open nothing")
    func links() async throws {
        try await Ground.run { ground in
            let time = Int(Date.now.timeIntervalSince1970) + 1000
            let hash = String(repeating: "ab", count: 32)
            for path in [
                "\(hash)/a.jpg", "\(hash).\(time).\(hash)/a.jpg", "..%2f..%2fgateway.sqlite/a.jpg", "a/../../b",
                "%00/a.jpg", "\(String(repeating: "A", count: 5000))/a.jpg", "/a.jpg", "//a.jpg", "\u{301}/a.jpg",
            ] {
                let connection = try #require(ground.connect(to: ground.ports.customers))
                connection.send("GET /media/\(path) HTTP/1.1\r\nHost: a\r\n\r\n")
                let status = try #require(connection.answer()?.status, "\(path)")
                #expect([400, 404, 414, 431].contains(status), "\(path.prefix(60)) got \(status)")
            }
        }
    }

    @Test("no spelling of an address of this machine makes the gateway call it for a customer")
    func addresses() async throws {
        try await Ground.run(egress: "") { ground in
            let spellings = Shapes.loopbackHosts.map { "http://\($0):\(ground.hostile.port)" }
            var accepted = 0
            for spelling in spellings {
                let body =
                    #"{"type":"mt_media","to":["15550201000"],"body":{"url":"\#(spelling)/picture.gif"},"#
                    + #""delivery_report":"summary","callback_url":"\#(spelling)/picture.gif"}"#
                let status = try #require(ground.post(body)?.status, "\(spelling)")
                #expect([201, 400].contains(status), "\(spelling) got \(status)")
                if status == 201 { accepted += 1 }
            }

            // Each has been tried once, or is refused for good.
            let isTried = try await PollingGround(ground: ground).fetchesRefused(atLeast: accepted)
            #expect(isTried, "not all of the \(accepted) batches were looked at")
            #expect(ground.hostile.requests == 0)
        }
    }

    private func expectWell(_ ground: Ground) async throws {
        let connection = try #require(RawSocket(port: ground.ports.operations))
        connection.send("GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(connection.answer()?.status == 200)
    }
}

/// Asks a gateway's metrics until they are as wanted.
private struct PollingGround: ProgramTesting {
    let ground: Ground

    func fetchesRefused(atLeast count: Int) async throws -> Bool {
        try await poll {
            let connection = RawSocket(port: ground.ports.operations)
            connection?.send("GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
            let text = String(decoding: connection?.answer()?.body ?? [], as: UTF8.self)
            let lines = text.split(separator: "\n").filter {
                $0.hasPrefix("mm7_media_fetches_total{") && ($0.contains("refused") || $0.contains("failed"))
            }
            return lines.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +) >= count
        } until: {
            $0
        }
    }
}
