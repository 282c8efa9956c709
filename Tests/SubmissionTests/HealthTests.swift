import Doubles
import Foundation
import GatewayCore
import Logging
import Telemetry
import Testing

@testable import Submission

@Suite("How an MMSC is")
struct HealthTests {
    private let now = SubmissionBench.now
    private let mmsc = MMSC(name: "north", url: "http://127.0.0.1:1/mm7")
    private let log = LogLines(from: .info)
    private let health: Health

    init() {
        health = Health(
            directory: CurrentDirectory(Directory(mmscs: [mmsc])), signals: WorkSignals(), logger: log.logger)
    }

    private func record(
        _ sign: CircuitBreaker.Sign, for operation: Health.RequestKind = .submitting, after seconds: Int = 0
    ) {
        health.record(sign, by: "t", of: mmsc, for: operation, now: now + .seconds(seconds))
    }

    private func allowance(for operation: Health.RequestKind) -> CircuitBreaker.Allowance {
        health.allowance(of: mmsc, for: operation, generation: 0, now: now)
    }

    @Test("what CancelReqs meet says nothing of SubmitReqs, and the other way round")
    func apart() {
        for _ in 0..<60 { record(.unwell("timed out"), for: .cancelling) }
        #expect(allowance(for: .submitting) == .all)
        #expect(allowance(for: .cancelling) != .all)
        #expect(health.available(in: Directory(mmscs: [mmsc])) == ["north"])
        #expect(health.condition(of: mmsc).state == .well)
        #expect(health.condition(of: mmsc).cancelling == "timed out")

        record(.well, for: .cancelling)
        for _ in 0..<10 { record(.unwell("timed out")) }
        #expect(allowance(for: .submitting) != .all)
        #expect(allowance(for: .cancelling) == .all)
    }

    @Test("the first failure after the start and after a success is a warning with its reason, and no other is")
    func firstFailure() {
        record(.unwell("connection refused"))
        record(.unwell("connection refused"), after: 60)
        record(.well, after: 61)
        record(.unwell("HTTP 503"), after: 120)
        record(.unwell("HTTP 503"), after: 180)

        #expect(
            log.lines == [
                "warning: A SubmitReq failed; its message is tried again [north] connection refused",
                "warning: A SubmitReq failed; its message is tried again [north] HTTP 503",
            ])
    }

    @Test("an MMSC that fails now and then is logged once each half minute at most")
    func flapping() {
        for second in 0..<60 {
            record(.unwell("HTTP 503"), after: second)
            record(.well, after: second)
        }

        #expect(log.lines.count == 2)
    }

    @Test("a refusal is logged where nothing was ever taken, and is the business of the message alone afterwards")
    func firstRefusal() {
        record(.refused("2001 operation restricted", messages: 1))
        #expect(health.condition(of: mmsc).history.isFailing)
        record(.well, after: 1)
        record(.refused("2003 no such number", messages: 1), after: 100)

        #expect(log.lines.count == 1)
        let history = health.condition(of: mmsc).history
        #expect(!history.isFailing)
        #expect(history.lastFailure == .init(at: now + .seconds(100), words: "2003 no such number"))
        #expect(history.lastSuccess == now + .seconds(1))
    }

    @Test("a run of refusals stops the MMSC, with an error, and counts as in need of repair")
    func refusing() {
        record(.well)
        for _ in 0..<mmsc.breaker.refusedMessages { record(.refused("2003 no such number", messages: 1)) }

        #expect(health.condition(of: mmsc).state == .stopped)
        #expect(
            log.lines == [
                "error: Sending has stopped: the MMSC refuses one message after the other for good [north] "
                    + "2003 no such number"
            ])
    }

    @Test("what was taken last and the largest of it are remembered")
    func largest() {
        health.took(octets: 300, at: "north")
        health.took(octets: 100, at: "north")

        #expect(health.largestTaken(at: "north") == 300)
        #expect(health.largestTaken(at: "south") == 0)
    }
}
