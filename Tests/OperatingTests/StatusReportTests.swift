import Foundation
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Testing

@testable import Operating

@Suite("What status shows")
struct StatusReportTests {
    private static let now = Date(milliseconds: 1_790_000_000_000)
    private let operations = ListenAddress(host: "127.0.0.1", port: 9090)
    private let directory = Directory(mmscs: ["north", "south", "west"].map { MMSC(name: $0, url: "http://\($0)/") })

    private var overview: StoreOverview {
        var overview = StoreOverview()
        overview.messages = [
            open("north south", .queued, 1200, since: 125), open("south", .queued, 3, since: -60),
            open("=north", .inDoubt, 2, since: 5), open("=north", .submitted(messageID: ""), 41),
            open("=north", .submitting, 32), open("=gone", .submitted(messageID: ""), 7),
        ]
        overview.resends = ["north": 4, "gone": 1]
        overview.openCalls = 12
        overview.oldestOpenCall = Self.now - 3700
        overview.batchesWithoutMedia = 2
        overview.openUploads = 3
        overview.databaseBytes = 42_345_678
        return overview
    }

    private func open(_ carriers: String, _ state: MessageState, _ count: Int, since seconds: Double? = nil)
        -> OpenMessages
    {
        OpenMessages(
            carriers: Carriers(carriers) ?? Carriers(settledOn: ""), state: state, count: count,
            oldestDue: seconds.map { Self.now - $0 })
    }

    private func report(_ condition: LocalGateway.Condition) -> StatusReport {
        StatusReport(overview, condition, directory: directory, operations: operations, now: Self.now)
    }

    @Test("what is kept, since when, and how long it is kept")
    func kept() {
        var overview = overview
        overview.kept.oldestBatch = Self.now - 7 * 86_400
        overview.kept.batches = 123
        overview.kept.freeBytes = 5_000_000
        let report = StatusReport(
            overview, .absent, directory: directory, operations: operations,
            retention: RetentionRules(batches: .seconds(7 * 86_400)), now: Self.now)

        let line = "batches kept      123 at most, since 2026-09-14T14:13:20.000Z (retention.batches is 7d)"
        #expect(report.text.split(separator: "\n").contains { $0 == line }, "\(report.text)")
        #expect(report.text.contains("database          42.3 MB, 5.0 MB of it free"), "\(report.text)")
        #expect(!report.text.contains("events kept"))
        #expect(report.kept?.batchesSince == "2026-09-14T14:13:20.000Z")
    }

    @Test("one line for each MMSC: what waits stands with the one that would carry it now")
    func running() {
        let report = report(
            .running(
                isReady: true,
                checks: [
                    .init(name: "store", status: "ok"),
                    .init(name: "mmsc.north", status: "warning", reason: "open: connection refused: 10.0.0.1"),
                    .init(name: "mmsc.west", status: "warning", reason: "draining"),
                    .init(name: "lane.west", status: "warning", reason: "no lane runs to this MMSC"),
                ],
                mmscs: [
                    .init(
                        name: "north", condition: "open", reason: "connection refused: 10.0.0.1",
                        secondsSinceSuccess: 125, secondsSinceFailure: 4, lastFailure: "connection refused: 10.0.0.1"),
                    .init(
                        name: "south", condition: "well", secondsSinceFailure: 7325,
                        lastFailure: "HTTP 501 without a readable MM7 answer"),
                    .init(name: "west", condition: "draining"),
                ]))

        #expect(
            report.text == """
                The gateway runs and is ready.

                MMSC   condition       queued  submitting  in doubt  submitted  oldest due  resent
                gone   not configured       0           0         0          7           -       1
                north  open                 0          32         2         41         5 s       4
                  connection refused: 10.0.0.1
                  last success 2 min 5 s ago
                  last failure 4 s ago
                south  well              1203           0         0          0   2 min 5 s       0
                  last failure 2 h 2 min ago: HTTP 501 without a readable MM7 answer
                west   draining             0           0         0          0           -       0
                  no lane runs to this MMSC

                webhooks pending  12, the oldest for 1 h 1 min
                media pending     2
                uploads pending   3
                database          42.3 MB
                """)
    }

    @Test("without a gateway the queue is shown all the same")
    func absent() {
        let report = report(.absent)

        #expect(report.gateway == "not_running")
        #expect(
            report.text.hasPrefix(
                """
                The gateway is not running; the queue as it left it:
                  nobody listens at 127.0.0.1:9090

                MMSC   condition
                """))
        #expect(report.mmscs.map(\.condition) == ["not_configured", "not_known", "not_known", "not_known"])
        #expect(report.mmscs.map(\.queued) == [0, 1200, 3, 0])
    }

    @Test("how long the oldest message of an MMSC has been without a report is shown")
    func unreported() {
        var overview = overview
        overview.oldestUnreported = ["north": Self.now - 7325]
        let report = StatusReport(overview, .absent, directory: directory, operations: operations, now: Self.now)

        #expect(report.text.hasSuffix("\nwithout a report  north, the oldest for 2 h 2 min"), "\(report.text)")
        let text = String(decoding: JSONText.bytes(of: report), as: UTF8.self)
        #expect(text.contains(#""oldest_seconds":125,"oldest_unreported_seconds":7325,"#), "\(text)")
    }

    @Test("what customers were not notified of is counted, with the reason of the newest")
    func givenUp() {
        var overview = overview
        overview.givenUpCalls = [(owner: .servicePlan("shop"), count: 3, reason: "the receiver answered 404")]
        let report = StatusReport(overview, .absent, directory: directory, operations: operations, now: Self.now)

        let line = "\nwebhooks given up 3 of service plan shop, the last: the receiver answered 404"
        #expect(report.text.hasSuffix(line), "\(report.text)")
        let text = String(decoding: JSONText.bytes(of: report), as: UTF8.self)
        let json = #""given_up":{"service plan shop":{"count":3,"reason":"the receiver answered 404"}}"#
        #expect(text.contains(json), "\(text)")
    }

    @Test("what handsets sent and nobody was notified of is counted")
    func inbounds() {
        var overview = overview
        overview.quarantined = 3
        overview.inboundsOfApps = [(owner: .app("shop", project: "p1"), count: 2)]
        let report = StatusReport(overview, .absent, directory: directory, operations: operations, now: Self.now)

        #expect(report.text.hasSuffix("\nin quarantine     3\nkept for an app   2  p1/shop"), "\(report.text)")
        let text = String(decoding: JSONText.bytes(of: report), as: UTF8.self)
        #expect(text.contains(#""inbounds":{"quarantined":3,"apps":{"p1/shop":2}}"#), "\(text)")
    }

    @Test("what makes it not ready is named")
    func notReady() {
        let report = report(
            .running(isReady: false, checks: [.init(name: "store", status: "failed", reason: "disk full")]))

        #expect(report.text.hasPrefix("The gateway runs and is not ready:\n  store: disk full\n"))
    }

    @Test("the same in JSON")
    func json() {
        let text = String(decoding: JSONText.bytes(of: report(.absent)), as: UTF8.self)

        #expect(
            text.hasPrefix(
                """
                {"gateway":"not_running","problems":["nobody listens at 127.0.0.1:9090"],"mmscs":[{"name":"gone",\
                "condition":"not_configured","queued":0,"submitting":0,"in_doubt":0,"submitted":7,"resent":1},\
                {"name":"north","condition":"not_known","queued":1200,"submitting":32,"in_doubt":2,"submitted":41,\
                "oldest_seconds":125,"resent":4}
                """), "\(text)")
        #expect(
            text.hasSuffix(
                #""webhooks":{"pending":12,"oldest_seconds":3700},"media_pending":2,"uploads_pending":3,"database_bytes":42345678,"database_free_bytes":0}"#
            ))
    }

    @Test(
        "times and sizes have the unit that suits them",
        arguments: [(0, "0 s"), (59, "59 s"), (60, "1 min"), (7325, "2 h 2 min"), (90_000, "1 d 1 h")])
    func durations(_ seconds: Int, _ text: String) {
        #expect(Duration.seconds(seconds).inWords == text)
    }

    @Test(arguments: [(999, "999 B"), (1000, "1.0 kB"), (4_250_000, "4.3 MB"), (3_000_000_000, "3.0 GB")])
    func sizes(_ bytes: Int, _ text: String) {
        #expect(inWords(bytes: bytes) == text)
    }
}
