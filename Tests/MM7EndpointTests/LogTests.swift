import GatewayCore
import Logging
import MM7
import Synchronization
import Testing

@testable import MM7Endpoint

@Suite("Lines of the log")
struct LogTests {
    @Test(
        "no line holds a number or content, and none about a report is above debug",
        arguments: [
            "report-standard.xml", "report-prefixed.xml", "report-status-code.xml", "report-unknown-status.xml",
            "report-no-status.xml", "deliver.xml", "truncated.xml", "page.html",
        ])
    func discretion(name: String) async throws {
        let lines = Lines()
        var endpoint = TestEndpoint()
        endpoint.logger = Logger(label: "test", factory: { _ in LineCollector(lines: lines) })

        _ = try await endpoint.post(Fixture.request(name))

        let collected = lines.all
        #expect(collected.count == 1)
        for secret in ["55501", "Hello", "who knows", "Success", "moved"] {
            #expect(!collected.contains { $0.text.contains(secret) })
        }
        if await !endpoint.store.reports.isEmpty { #expect(collected.allSatisfy { $0.level <= .debug }) }
    }

    @Test("of the reports that one outage of the store holds up, the first is a warning")
    func outage() {
        let lines = Lines()
        let logger = Logger(label: "test", factory: { _ in LineCollector(lines: lines) })
        let envelope = Envelope(transactionID: "T1", body: .fault(Fault(.success, side: .vasp)))
        let finding = Finding.report(envelope, .failure(.unavailable("disk full")))
        let outage = OutageWatch()

        for _ in 0..<3 { finding.log(to: logger, mmsc: "north", outage: outage) }

        #expect(lines.all.map(\.level) == [.warning, .debug, .debug])
    }
}

private final class Lines: Sendable {
    private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

    var all: [(level: Logger.Level, text: String)] { lines.withLock { $0 } }

    func append(_ level: Logger.Level, _ text: String) { lines.withLock { $0.append((level, text)) } }
}

private struct LineCollector: LogHandler {
    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.append(event.level, "\(event.message) \(event.metadata ?? [:])")
    }
}
