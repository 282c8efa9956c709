import GatewayCore
import IPRanges
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
        endpoint.logger = lines.logger

        _ = try await endpoint.post(Fixture.request(name))

        let collected = lines.all
        #expect(collected.count == 1)
        for secret in ["55501", "Hello", "who knows", "Success", "moved"] {
            #expect(!collected.contains { $0.text.contains(secret) })
        }
        if await !endpoint.store.reports.isEmpty { #expect(collected.allSatisfy { $0.level <= .debug }) }
    }

    @Test(
        "of the posts of one kind at one MMSC the first is a warning, then one of each half minute with the others' count",
        arguments: [
            .refused(.credentials), .refused(.address), .tooLarge(limitBytes: 1), .noRoom, .backlog, .cutOff,
            .unreadable(MM7Error(.notWellFormed, "nonsense")), .notTaken(Self.envelope), .late(Self.envelope),
            .report(Self.envelope, .failure(.unavailable("disk full"))),
            .report(Self.envelope, .success(.unknownRecipient)), .inbound(Self.envelope, .quarantined),
            .inbound(Self.envelope, .noSender), .inbound(Self.envelope, .unknownRecipient),
            .inbound(Self.envelope, .failed("disk full")),
        ] as [Finding])
    func fewWarnings(finding: Finding) {
        let lines = Lines()
        let start = ContinuousClock.now
        let time = Mutex(start)
        let alarm = PostAlarm(logger: lines.logger, now: { time.withLock(\.self) })

        for second in [0, 10, 20, 31] {
            time.withLock { $0 = start + .seconds(second) }
            finding.log(to: alarm, mmsc: "north")
        }
        finding.log(to: alarm, mmsc: "east")
        Finding.wrongMethod.log(to: alarm, mmsc: "north")

        #expect(lines.all.map(\.level) == [.warning, .debug, .debug, .warning, .warning])
        #expect(lines.all.map { $0.text.contains(#""posts_before": 2"#) } == [false, false, false, true, false])
    }

    @Test("a post under a name that no MMSC has, and one with wrong credentials, say who posted and where to")
    func strangers() {
        let lines = Lines()
        let alarm = PostAlarm(logger: lines.logger)
        let source = PostSource(peer: IPAddress("192.0.2.7"), name: PeerText("norht\r\n12025550100"))

        Finding.unknownMMSC.log(to: alarm, mmsc: nil, source: source)
        Finding.refused(.credentials).log(to: alarm, mmsc: "north", source: source)
        Finding.unknownMMSC.log(to: alarm, mmsc: nil, source: source)

        #expect(lines.all.map(\.level) == [.warning, .warning, .debug])
        #expect(lines.all.allSatisfy { $0.text.contains("192.0.2.7") })
        #expect(lines.all[0].text.contains("norht …100"))
    }

    @Test("what a peer calls its transaction writes no line of its own, and no number")
    func transactions() {
        let lines = Lines()
        let envelope = Envelope(
            transactionID: "+1 202 555 0100\nerror: forged",
            body: .unknown(name: String(repeating: "e\u{301}", count: 999)))

        Finding.notTaken(envelope).log(to: PostAlarm(logger: lines.logger), mmsc: "north")

        #expect(lines.all.count == 1)
        #expect(lines.all[0].text.contains("+…100 error: forged"))
        #expect(lines.all[0].text.utf8.count < 600)
    }

    private static let envelope = Envelope(transactionID: "T1", body: .fault(Fault(.success, side: .vasp)))
}

/// What was logged.
final class Lines: Sendable {
    private let lines = Mutex<[(level: Logger.Level, text: String)]>([])

    var logger: Logger { Logger(label: "test", factory: { _ in LineCollector(lines: self) }) }

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
