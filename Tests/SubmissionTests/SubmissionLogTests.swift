import Doubles
import GatewayCore
import Logging
import MM7
import Testing
import WorkLoop

@testable import Submission

@Suite("Lines about troubles of sending")
struct SubmissionLogTests {
    private let time = HandClock()
    private let start: ContinuousClock.Instant
    private let lines = LogLines()
    private let log: SubmissionLog

    init() {
        start = time.now
        log = SubmissionLog(lines.logger, clock: time.clock)
    }

    private var mmscs: [String] { lines.all.compactMap { $0.metadata["mmsc"]?.description } }

    private func needsRepair(_ mmsc: String, after seconds: Int) {
        time.pass(start + .seconds(seconds) - time.now)
        log.needsRepair(mmsc, code: .operationRestricted, reason: "blocked")
    }

    @Test("that an MMSC needs a repair is said once a minute, however many messages it refuses")
    func oncePerMinute() {
        for second in [0, 0, 1, 59, 60, 61, 119, 120] { needsRepair("north", after: second) }

        #expect(mmscs == ["north", "north", "north"])
    }

    @Test("each MMSC that needs a repair has its own lines")
    func perMMSC() {
        needsRepair("north", after: 0)
        needsRepair("south", after: 1)
        needsRepair("north", after: 2)

        #expect(mmscs == ["north", "south"])
    }

    @Test("it is a warning that names the MMSC, its code and its words")
    func line() throws {
        needsRepair("north", after: 0)

        let line = try #require(lines.all.first)
        #expect(line.level == .warning)
        #expect(line.metadata == ["mmsc": "north", "status_code": .stringConvertible(2001), "reason": "blocked"])
    }

    @Test("of answers that are believed though something is wrong, each kind at each MMSC is said for itself")
    func answers() {
        log.found(.mended, of: "north", to: "T1", in: nil)
        log.found(.mended, of: "north", to: "T2", in: nil)
        log.found(.brokenOff, of: "north", to: "T3", "cut off", in: nil)
        log.found(.mended, of: "south", to: "T4", in: nil)
        time.pass(.seconds(31))
        log.found(.mended, of: "north", to: "T5", in: nil)

        #expect(lines.all.compactMap { $0.metadata["transaction"]?.description } == ["T1", "T3", "T4", "T5"])
        #expect(lines.all.map { $0.metadata["others_before"]?.description } == [nil, nil, nil, "1"])
    }
}
