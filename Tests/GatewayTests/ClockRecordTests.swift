import Foundation
import GatewayConfiguration
import GatewayCore
import Logging
import TestPeers
import Testing

@testable import Gateway

@Suite("What a gateway leaves of its clock")
struct ClockRecordTests {
    private let time = Date(milliseconds: 1_790_000_000_000)
    private let machine = MachineUptime(boot: "b1", passed: .seconds(1_000))

    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("clock-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    @Test("it is read as it was written")
    func written() throws {
        try withFolder { folder in
            #expect(ClockRecord(in: folder) == nil)

            let record = ClockRecord(time: time, machine: machine)
            try record.write(in: folder)

            #expect(ClockRecord(in: folder) == record)
        }
    }

    @Test("a time or an uptime that none can be is no record", arguments: ["\(Int64.max) 0 b1", "-1 0 b1", "0 -1 b1"])
    func impossible(_ text: String) throws {
        try withFolder { folder in
            try text.write(toFile: folder + "/clock", atomically: true, encoding: .utf8)

            #expect(ClockRecord(in: folder) == nil)
        }
    }

    @Test(
        "the clock goes on from the record, unless that is more than a day after the newest entry of the store",
        arguments: [(86_000, true), (87_000, false), (40_000_000, false)])
    func damaged(_ row: (seconds: Int, isTaken: Bool)) throws {
        try withFolder { folder in
            let machine = try #require(MachineUptime.read())
            let now = Date()
            let time = now + .seconds(row.seconds)
            try ClockRecord(time: time, machine: machine).write(in: folder)
            let configuration = Configuration.onLoopback(dataDirectory: folder)
            let gateway = Gateway(configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })

            gateway.compareClock(with: now)

            #expect(abs(gateway.clock.now().timeIntervalSince(row.isTaken ? time : now)) < 60)
            #expect(gateway.clock.isSettled)
        }
    }

    @Test("after a stop the clock is where it would be without one, whatever the machine's says")
    func resumed() {
        let record = ClockRecord(time: time, machine: machine)

        #expect(record.time(at: MachineUptime(boot: "b1", passed: .seconds(1_060))) == time + .seconds(60))
    }

    @Test("after another start of the machine nothing is known", arguments: [("b2", 2_000), ("b1", 999)])
    func restarted(_ row: (boot: String, passed: Int)) {
        let record = ClockRecord(time: time, machine: machine)

        #expect(record.time(at: MachineUptime(boot: row.boot, passed: .seconds(row.passed))) == nil)
    }

    @Test("where it cannot be written the path and the reason are named")
    func unwritable() {
        let record = ClockRecord(time: time, machine: machine)

        let failure = #expect(throws: ClockRecordFailure.self) { try record.write(in: "/nowhere/at/all") }

        #expect(failure?.description == "/nowhere/at/all/clock.draft: No such file or directory")
    }

    @Test(
        "a clock before the newest entry is doubted, and one a day after it unless that was measured",
        arguments: [
            (0, false, nil), (-29, false, nil), (-31, false, .behind), (-31, true, .behind), (86_400, false, nil),
            (86_401, false, .ahead), (86_401, true, nil),
        ] as [(Int, Bool, ClockFinding?)])
    func doubted(_ row: (seconds: Int, isMeasured: Bool, finding: ClockFinding?)) {
        let finding = ClockFinding(now: time + .seconds(row.seconds), newest: time, isMeasured: row.isMeasured)

        #expect(finding == row.finding)
    }

    @Test("this machine tells how long it has been up")
    func here() throws {
        let first = try #require(MachineUptime.read())
        let second = try #require(MachineUptime.read())

        #expect(first.boot == second.boot && first.passed <= second.passed)
    }

    @Test(
        "a database that is older than the last run, or that nobody looked after for hours, may be a restored one",
        arguments: [
            (0, 60, nil as Bool?), (0, 3_000, nil), (60, 3_000, nil), (0, 4_000, false), (301, 400, true),
            (7_000, 7_100, true), (nil, 4_000, false), (nil, 100, nil),
        ] as [(Int?, Int, Bool?)])
    func restored(_ row: (lastRun: Int?, now: Int, isCertain: Bool?)) {
        let finding = RestorationFinding(
            lastEntry: time, lastRun: row.lastRun.map { time + .seconds($0) }, now: time + .seconds(row.now))

        #expect(finding?.isCertain == row.isCertain)
    }

    @Test("a new database is none")
    func fresh() {
        #expect(RestorationFinding(lastEntry: nil, lastRun: time, now: time + .seconds(9_000)) == nil)
    }
}
