import Doubles
import FoundationEssentials
import GatewayCore
import HTTPServing
import HTTPTypes
import Logging
import Telemetry
import Testing

@testable import MM7Endpoint

@Suite("Posts that cannot be taken in time", .timeLimit(.minutes(5)))
struct PatienceTests {
    /// A report of more than a small body's size: blanks may stand before XML.
    private static func largeReport() throws -> [UInt8] {
        [UInt8](repeating: UInt8(ascii: "\n"), count: 20_000) + (try Fixture.request("report-standard.xml"))
    }

    @Test("a store that takes too long is not waited for: 4006 in the report's own response, with Retry-After")
    func slowStore() async throws {
        let store = GatedStore()
        var endpoint = TestEndpoint(store: store.store)
        endpoint.limits.patience = .milliseconds(100)
        let request = try Fixture.request("report-standard.xml")

        let reply = try await endpoint.post(request)
        store.open()

        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "5")
        #expect(try reply.body == Fixture.answer("report-store-failure"))
    }

    @Test("a large post waits for memory that others hold, and small ones need none")
    func memory() async throws {
        let store = GatedStore()
        var endpoint = TestEndpoint(store: store.store)
        endpoint.limits.memoryBytes = 30_000
        endpoint.limits.patience = .seconds(200)
        let large = try Self.largeReport()
        let small = try Fixture.request("deliver.xml")

        let statuses = try await endpoint.serving { poster in
            async let first = poster.post(large)
            while poster.endpoint.bodyMemory.freeBytes > 0 { await Task.yield() }
            async let second = poster.post(large)
            while poster.endpoint.bodyMemory.waitingCount < 1 { await Task.yield() }
            let passed = try await poster.post(small)
            #expect(poster.endpoint.bodyMemory.waitingCount == 1)
            store.open()
            return try await [first.status, second.status, passed.status]
        }

        #expect(statuses == [200, 200, 200])
    }

    @Test("one MMSC has half of the memory, and another's post does not wait behind those that wait for it")
    func halves() async throws {
        let store = GatedStore()
        var endpoint = TestEndpoint(store: store.store)
        // For one of them in each half.
        endpoint.limits.memoryBytes = 80_000
        endpoint.limits.patience = .seconds(200)
        let large = try Self.largeReport()

        let statuses = try await endpoint.serving { poster in
            let memory = poster.endpoint.bodyMemory
            async let first = poster.post(large)
            while memory.freeBytes == 80_000 { await Task.yield() }
            let free = memory.freeBytes
            async let second = poster.post(large)
            while memory.waitingCount < 1 { await Task.yield() }
            async let other = poster.post(large, to: "/mm7/east")
            while memory.freeBytes == free { await Task.yield() }
            #expect(memory.waitingCount == 1)
            store.open()
            return try await [first.status, second.status, other.status]
        }

        #expect(statuses == [200, 200, 200])
    }

    @Test("what comes after its answer is counted and logged by itself; its answer was late")
    func late() async throws {
        let store = GatedStore()
        let prometheus = Prometheus(Metric.descriptions)
        let lines = LogLines()
        var endpoint = TestEndpoint(store: store.store, telemetry: Telemetry(prometheus), logger: lines.logger)
        endpoint.limits.patience = .milliseconds(100)
        let request = try Fixture.request("report-standard.xml")

        try await endpoint.serving { poster in
            _ = try await poster.post(request)
            #expect(prometheus.counts("mm7_posts_refused_total") == [#"{mmsc="north",reason="late"} 1"#])
            #expect(prometheus.counts("mm7_reports_total") == [])
            #expect(prometheus.counts("mm7_report_seconds_count") == [#"{mmsc="north"} 1"#])
            store.open()
            while poster.endpoint.deadlines.overdueCount > 0 { await Task.yield() }
        }

        #expect(prometheus.counts("mm7_reports_total") == [#"{mmsc="north",result="held"} 1"#])
        #expect(prometheus.counts("mm7_report_seconds_count") == [#"{mmsc="north"} 1"#])
        #expect(lines.all.map(\.level) == [.warning, .debug])
    }

    @Test("with too many posts that wait for the disk after their answer, no more are read")
    func backlog() async throws {
        let store = GatedStore()
        let prometheus = Prometheus(Metric.descriptions)
        var endpoint = TestEndpoint(store: store.store, telemetry: Telemetry(prometheus))
        endpoint.limits.patience = .milliseconds(100)
        endpoint.limits.overduePosts = 2
        let request = try Fixture.request("report-standard.xml")

        let (refused, taken) = try await endpoint.serving { poster in
            for _ in 0..<2 { _ = try await poster.post(request) }
            // It would be unreadable.
            let refused = try await poster.post([])
            store.open()
            while poster.endpoint.deadlines.overdueCount > 0 { await Task.yield() }
            return (refused, try await poster.post(request))
        }

        #expect(refused.status == 503)
        #expect(refused.headers[.retryAfter] == "5")
        #expect(refused.body.contains("VASPErrorRsp") && refused.body.contains("StatusCode>4006<"))
        #expect(taken.status == 200)
        #expect(prometheus.counts("mm7_posts_refused_total").contains(#"{mmsc="north",reason="backlog"} 1"#))
    }

    @Test("the wait for memory ends long before the server ends the request", arguments: [(300, 30, 15), (8, 30, 4)])
    func memoryPatience(patience: Int, deadline: Int, wait: Int) {
        let limits = MM7Endpoint.Limits(patience: .seconds(patience), requestDeadline: .seconds(deadline))

        #expect(limits.memoryPatience == .seconds(wait))
    }

    @Test("a post that finds no memory in half of its time is put off by a fault")
    func putOff() async throws {
        let store = GatedStore()
        var endpoint = TestEndpoint(store: store.store)
        endpoint.limits.memoryBytes = 30_000
        endpoint.limits.patience = .milliseconds(200)
        let large = try Self.largeReport()

        let reply = try await endpoint.serving { poster in
            _ = try await poster.post(large)
            return try await poster.post(large)
        }
        store.open()

        #expect(reply.status == 503)
        #expect(reply.headers[.retryAfter] == "5")
        #expect(reply.body.contains("VASPErrorRsp") && reply.body.contains("StatusCode>4006<"))
    }
}

/// A store that keeps nothing until it is opened.
private struct GatedStore {
    let store: PostStore
    private let opened: AsyncStream<Void>.Continuation

    init() {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        opened = continuation
        store = PostStore(.success(.held)) { for await _ in stream {} }
    }

    func open() { opened.finish() }
}
