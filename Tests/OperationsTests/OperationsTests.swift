import HTTPServing
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Operations
import Synchronization
import Telemetry
import Testing

@Suite("Operations")
struct OperationsTests {
    private struct DiskFull: Error {}

    @Test("a process that serves is healthy, also while it is not ready")
    func health() async throws {
        let readiness = Readiness([.init("store") { throw DiskFull() }])
        readiness.beginDraining()

        let answer = try await Self.get("/healthz", readiness)

        #expect(answer.status == .ok)
        #expect(String(buffer: answer.body) == #"{"status":"ok"}"#)
    }

    @Test("a process whose checks all pass is ready")
    func ready() async throws {
        let answer = try await Self.get("/readyz", Readiness([.init("store") {}, .init("media") {}]))

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(
            String(buffer: answer.body) == """
                {"status":"ready","checks":[{"name":"store","status":"ok"},{"name":"media","status":"ok"},\
                {"name":"not_draining","status":"ok"}]}
                """)
    }

    @Test("a process with a check that fails is not ready, and says why")
    func notReady() async throws {
        let answer = try await Self.get("/readyz", Readiness([.init("store") { throw DiskFull() }, .init("media") {}]))

        #expect(answer.status == .serviceUnavailable)
        #expect(
            String(buffer: answer.body) == """
                {"status":"not_ready","checks":[{"name":"store","status":"failed","reason":"DiskFull()"},\
                {"name":"media","status":"ok"},{"name":"not_draining","status":"ok"}]}
                """)
    }

    @Test("a check that does not answer is a failure after a moment, and is made once however many ask")
    func hanging() async throws {
        let (answers, answer) = AsyncStream<Void>.makeStream()
        let count = Mutex(0)
        let hanging = Readiness.Check("store") {
            count.withLock { $0 += 1 }
            for await _ in answers {}
        }
        let readiness = Readiness([hanging, .init("media") {}], patience: .milliseconds(20))

        for _ in 0..<3 {
            let results = await readiness.results()
            #expect(results.map(\.failure) == ["there is no answer after 0.02 seconds", nil, nil])
        }
        #expect(count.withLock(\.self) == 1)

        answer.finish()
        while await readiness.results()[0].failure != nil {}
        #expect(count.withLock(\.self) > 1)
    }

    @Test("a process that drains is not ready")
    func draining() async throws {
        let readiness = Readiness([.init("store") {}])
        #expect(try await Self.get("/readyz", readiness).status == .ok)

        readiness.beginDraining()

        let answer = try await Self.get("/readyz", readiness)
        #expect(answer.status == .serviceUnavailable)
        #expect(String(buffer: answer.body).contains("the process is stopping"))
    }

    @Test("the metrics are in Prometheus' text format, also for those who ask for the head alone")
    func metrics() async throws {
        let answer = try await Self.get("/metrics", Readiness())
        let head = try await Self.get("/metrics", Readiness(), method: .head)

        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        let text = String(buffer: answer.body)
        #expect(text.contains("\n# TYPE mm7_accepted_batches_total counter\nmm7_accepted_batches_total 0\n"))
        #expect(text.hasSuffix("\n"))
        #expect(head.status == .ok)
        #expect(head.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        #expect(head.body.readableBytes == 0)
    }

    private static func get(_ path: String, _ readiness: Readiness, method: HTTPRequest.Method = .get) async throws
        -> TestResponse
    {
        let router = Router(context: PeerContext.self)
        let prometheus = Prometheus(Metric.descriptions)
        let scrape = Scrape(prometheus, Telemetry(prometheus))
        Operations(readiness: readiness, scrape: scrape).addRoutes(to: router)
        let app = Listener(host: "127.0.0.1", port: 0)
            .application(for: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await app.test(.router) { try await $0.execute(uri: path, method: method) }
    }
}
