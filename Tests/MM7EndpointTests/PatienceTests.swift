import FoundationEssentials
import GatewayCore
import HTTPTypes
import MM7Endpoint
import Testing

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
    func room() async throws {
        let store = GatedStore()
        var endpoint = TestEndpoint(store: store.store)
        endpoint.limits.memoryBytes = 30_000
        endpoint.limits.patience = .seconds(2)
        let large = try Self.largeReport()
        let small = try Fixture.request("report-standard.xml")

        let (waited, taken, held) = try await endpoint.serving { poster in
            // Its share is held for as long as the store holds it, the answer to it is long out by then.
            let held = try await poster.post(large)
            async let second = poster.post(large)
            store.open()
            let taken = try await poster.post(small)
            return (try await second, taken, held)
        }

        #expect(held.status == 503)
        #expect(taken.status == 200)
        // Room came with the first post's end.
        #expect(waited.status == 200)
    }

    @Test("a post that finds no room in half of its time is put off by a fault")
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
    let store: ReportStore
    private let opened: AsyncStream<Void>.Continuation

    init() {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        opened = continuation
        store = ReportStore(.success(.held)) { for await _ in stream {} }
    }

    func open() { opened.finish() }
}
