import Doubles
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import Logging
import MM7
import Telemetry
import Testing

@testable import MM7Endpoint

@Suite("Posts whose body is not read, or not to its end", .timeLimit(.minutes(5)))
struct UnreadTests {
    private struct PeerWentAway: Error {}

    private static let source = PostSource(peer: nil, name: "north")

    private static func request(_ body: RequestBody, fields: HTTPFields = [:]) -> Request {
        Request(
            head: HTTPRequest(
                method: .post, scheme: "http", authority: "a", path: "/mm7/north", headerFields: fields),
            body: body)
    }

    @Test("a body that ends before it is whole is counted and logged, and the answer is the server's own")
    func cutOff() async throws {
        let prometheus = Prometheus(Metric.descriptions)
        let lines = LogLines()
        let endpoint = TestEndpoint(telemetry: Telemetry(prometheus), logger: lines.logger)
        let north = endpoint.mmsc("north")

        let results = try await endpoint.serving { poster in
            let (body, source) = RequestBody.makeStream()
            async let result = poster.endpoint.receive(Self.request(body), from: Self.source, at: north)
            await source.yield(ByteBuffer(string: "<"))
            source.finish(PeerWentAway())
            let short = Self.request(RequestBody(buffer: ByteBuffer(string: "<")), fields: [.contentLength: "2"])
            return [await result, await poster.endpoint.receive(short, from: Self.source, at: north)]
        }

        for result in results {
            guard case .cutOff = result else {
                Issue.record("\(result)")
                continue
            }
            #expect(MM7Answer(to: result).bytes(for: .standard) == MM7Endpoint.refusalForm.bytes(.late))
        }
        #expect(prometheus.counts("mm7_posts_refused_total") == [#"{mmsc="north",reason="cut_off"} 2"#])
        #expect(lines.all.map(\.level) == [.warning, .debug])
    }

    @Test("a post that the server does not hand on is logged and counted, and answered with a fault")
    func noRequest() async throws {
        let prometheus = Prometheus(Metric.descriptions)
        let lines = LogLines()
        let endpoint = TestEndpoint(telemetry: Telemetry(prometheus), logger: lines.logger)

        try await endpoint.serving { poster in
            for refusal in [RequestRefusal.noHost, .encodedBody, .late] { poster.endpoint.noteRefusal(refusal, nil) }
        }

        let counts = prometheus.counts("mm7_posts_refused_total")
        #expect(counts == [#"{mmsc="",reason="cut_off"} 1"#, #"{mmsc="",reason="unreadable"} 2"#])
        #expect(lines.all.map(\.level) == [.warning, .warning, .warning])
        let text = String(decoding: MM7Endpoint.refusalForm.bytes(.noHost), as: UTF8.self)
        #expect(text.contains("Fault") && text.contains("2007") && text.contains("The Host field is missing"))
    }

    @Test("a slow post is answered with a fault with 4006")
    func timeout() throws {
        let text = String(decoding: MM7Endpoint.refusalForm.bytes(.late), as: UTF8.self)

        #expect(text == (try Fixture.answer("timeout")))
        #expect(MM7Endpoint.refusalForm.contentType == "text/xml; charset=utf-8")
    }

    @Test(
        "a peer that wants to close, and writes all before it reads, is read to its end before a refusal",
        arguments: ["north", nil])
    func passed(mmsc: String?) async throws {
        let endpoint = TestEndpoint(callback: CallbackAccess(login: .init(username: "u", password: Secret("p"))))
        let mmsc = mmsc.map(endpoint.mmsc)

        let result = try await endpoint.serving { poster in
            let (body, source) = RequestBody.makeStream()
            async let result = poster.endpoint.receive(
                Self.request(body, fields: [.connection: "close"]), from: Self.source, at: mmsc)
            // More than a stream takes that nobody reads.
            for _ in 0..<20 { await source.yield(ByteBuffer(repeating: 0, count: 100)) }
            source.finish()
            return await result
        }

        switch (result, mmsc?.name) {
        case (.refused(.credentials), "north"), (.unknownMMSC, nil): break
        default: Issue.record("\(result)")
        }
    }
}
