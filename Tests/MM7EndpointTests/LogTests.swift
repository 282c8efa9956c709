import Doubles
import GatewayCore
import IPRanges
import Logging
import MM7
import Testing
import WorkLoop

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
        let lines = LogLines()
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
            .refused(.credentials), .refused(.address), .tooLarge(limitBytes: 1), .noMemory, .backlog, .cutOff,
            .unreadable(MM7Error(.notWellFormed, "nonsense")), .notTaken(Self.envelope), .late(Self.envelope),
            .report(Self.envelope, .failure(.unavailable("disk full"))),
            .report(Self.envelope, .success(.unknownRecipient)), .inbound(Self.envelope, .quarantined),
            .inbound(Self.envelope, .noSender), .inbound(Self.envelope, .unknownRecipient),
            .inbound(Self.envelope, .failed("disk full")),
        ] as [PostResult])
    func fewWarnings(result: PostResult) {
        let lines = LogLines()
        let time = HandClock()
        let log = PostLog(lines.logger, clock: time.clock)

        for pause in [0, 10, 10, 11] {
            time.pass(.seconds(pause))
            result.log(to: log, mmsc: "north")
        }
        result.log(to: log, mmsc: "east")
        PostResult.wrongMethod.log(to: log, mmsc: "north")

        #expect(lines.all.map(\.level) == [.warning, .debug, .debug, .warning, .warning])
        #expect(lines.all.map { $0.text.contains("others_before=2") } == [false, false, false, true, false])
    }

    @Test("a post under a name that no MMSC has, and one with wrong credentials, say who posted and where to")
    func strangers() {
        let lines = LogLines()
        let log = PostLog(lines.logger)
        let source = PostSource(peer: IPAddress("192.0.2.7"), name: PeerText("norht\r\n12025550100"))

        PostResult.unknownMMSC.log(to: log, mmsc: nil, source: source)
        PostResult.refused(.credentials).log(to: log, mmsc: "north", source: source)
        PostResult.unknownMMSC.log(to: log, mmsc: nil, source: source)

        #expect(lines.all.map(\.level) == [.warning, .warning, .debug])
        #expect(lines.all.allSatisfy { $0.text.contains("192.0.2.7") })
        #expect(lines.all[0].text.contains("norht …100"))
    }

    @Test("what a peer calls its transaction writes no line of its own, and no number")
    func transactions() {
        let lines = LogLines()
        let envelope = Envelope(
            transactionID: "+1 202 555 0100\nerror: forged",
            body: .unknown(name: String(repeating: "e\u{301}", count: 999)))

        PostResult.notTaken(envelope).log(to: PostLog(lines.logger), mmsc: "north")

        #expect(lines.all.count == 1)
        #expect(lines.all[0].text.contains("+…100 error: forged"))
        #expect(lines.all[0].text.utf8.count < 600)
    }

    private static let envelope = Envelope(transactionID: "T1", body: .fault(Fault(.success, side: .vasp)))
}
