import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import HTTPServing
import HTTPTypes
import Hummingbird
import ServiceLifecycle
import Spans
import Synchronization
import Telemetry
import Testing
import Tracing

@testable import SpanExport

@Suite("The export of spans", .timeLimit(.minutes(5)))
struct SpanExporterTests {
    /// A collector that answers as it is told, and 200 afterwards.
    private final class Collector: Sendable {
        private let state: Mutex<(answers: [(Int, String?)], requests: [(body: String, headers: HTTPFields)])>

        init(_ answers: [(Int, String?)] = []) { state = Mutex((answers, [])) }

        var bodies: [String] { state.withLock { $0.requests.map(\.body) } }
        var headers: [HTTPFields] { state.withLock { $0.requests.map(\.headers) } }

        func serving(_ body: @escaping @Sendable (String) async throws -> Void) async throws {
            let router = Router(context: PeerContext.self)
            router.post("v1/traces") { [self] request, _ in
                let text = String(decoding: try await request.bytes(upTo: 1 << 20), as: UTF8.self)
                let (status, retryAfter) = state.withLock { state in
                    state.requests.append((text, request.headers))
                    return state.answers.isEmpty ? (200, nil) : state.answers.removeFirst()
                }
                var response = Response(status: .init(code: status), json: [String: String]())
                response.headers[.retryAfter] = retryAfter
                return response
            }
            try await Listener(host: "127.0.0.1", port: 0).serving(router) { port in
                try await body("http://127.0.0.1:\(port)/v1/traces")
            }
        }
    }

    /// A clock whose sleeps are over at once, and noted.
    private final class Sleeps: Sendable {
        private let state = Mutex<[Duration]>([])
        private let start = ContinuousClock.now

        var all: [Duration] { state.withLock { $0 } }

        var clock: MonotonicClock {
            MonotonicClock(
                now: { [start] in start },
                sleep: { [self] deadline in state.withLock { $0.append(start.duration(to: deadline)) } })
        }
    }

    private func fill(_ buffer: SpanBuffer, _ count: Int) {
        let spans = Spans(SpanTracer(Sampling(ratio: 1), into: buffer))
        for number in 0..<count { spans.begin("work \(number)", .client, in: Trace(requestID: "a")).end() }
    }

    private func exporter(
        _ buffer: SpanBuffer, to url: String, client: HTTPClient, clock: MonotonicClock = .system, log: LogLines
    ) -> SpanExporter {
        SpanExporter(
            buffer, client: client,
            settings: .init(endpoint: url, headers: [("X-Key", Secret("k"))], version: "1", interval: .seconds(3600)),
            telemetry: .none, clock: clock, logger: log.logger)
    }

    @Test("goes in batches of 512, with the headers of the configuration")
    func batches() async throws {
        let collector = Collector()
        try await collector.serving { url in
            let client = try HTTPClient()
            let buffer = SpanBuffer(limit: 2000)
            fill(buffer, 600)

            await exporter(buffer, to: url, client: client, log: LogLines()).exportAll(tries: 1)

            #expect(collector.bodies.map { $0.components(separatedBy: #""traceId""#).count - 1 } == [512, 88])
            #expect(collector.headers.allSatisfy { $0[.contentType] == "application/json" })
            #expect(collector.headers.allSatisfy { header in HTTPField.Name("X-Key").map { header[$0] } == "k" })
            await client.shutdown()
        }
    }

    @Test("is tried again when the collector is busy, after the time that it names")
    func again() async throws {
        let collector = Collector([(429, "7"), (503, nil)])
        try await collector.serving { url in
            let client = try HTTPClient()
            let (buffer, sleeps, log) = (SpanBuffer(limit: 10), Sleeps(), LogLines())
            fill(buffer, 1)

            await exporter(buffer, to: url, client: client, clock: sleeps.clock, log: log).exportAll(tries: 5)

            #expect(collector.bodies.count == 3)
            #expect(Set(collector.bodies).count == 1)
            #expect(sleeps.all == [.seconds(7), .seconds(2)])
            #expect(log.all.isEmpty)
            await client.shutdown()
        }
    }

    @Test("ends with a line in the log where the collector refuses", arguments: [400, 401, 404, 500])
    func refused(status: Int) async throws {
        let collector = Collector([(status, nil)])
        try await collector.serving { url in
            let client = try HTTPClient()
            let (buffer, log) = (SpanBuffer(limit: 10), LogLines())
            fill(buffer, 1)

            await exporter(buffer, to: url, client: client, log: log).exportAll(tries: 5)

            #expect(collector.bodies.count == 1)
            #expect(
                log.texts == [
                    "The collector does not take spans; they are dropped reason=it answered \(status)"
                ])
            await client.shutdown()
        }
    }

    @Test("sends what is left when the gateway stops")
    func flush() async throws {
        let collector = Collector()
        try await collector.serving { url in
            let client = try HTTPClient()
            let buffer = SpanBuffer(limit: 100)
            try await withServices([exporter(buffer, to: url, client: client, log: LogLines())]) {
                fill(buffer, 3)
            }

            #expect(collector.bodies.map { $0.components(separatedBy: #""traceId""#).count - 1 } == [3])
            await client.shutdown()
        }
    }
}
