import FoundationEssentials
import GatewayCore
import Logging
import WorkLoop

/// What falls due with time, looked after each second: leases that ended without an outcome, messages that expired in
/// the queue, reports that never came, messages to lead away from an MMSC that is gone, and the log of those that must
/// stay with it.
struct Housekeeping {
    let store: any Upkeep & CarrierStore & OpenMessageReader
    let clock: any DomainClock
    let ongoing: OngoingClaims
    /// How long after its expiry a message waits for a final report before it counts as unknown.
    let reportGrace: Duration
    let absent: AbsentMMSCs
    let log: SubmissionLog
    private var reroute: Reroute
    private var lastLook: Date
    /// Whether the clock went back, and some of what waits has not been looked at since.
    private var isSetBack = false

    init(
        store: any Upkeep & CarrierStore & OpenMessageReader, clock: any DomainClock, ongoing: OngoingClaims,
        reportGrace: Duration, absent: AbsentMMSCs,
        log: SubmissionLog
    ) {
        self.store = store
        self.clock = clock
        self.ongoing = ongoing
        self.reportGrace = reportGrace
        self.absent = absent
        self.log = log
        reroute = Reroute(store: store)
        lastLook = clock.now()
    }

    /// The messages that one step of each kind changes. All steps of a round are more than a gateway sends in that
    /// time, and each is small enough not to hold up the writer.
    private static let stepLimit = 1000
    private static let steps = 10

    mutating func goOn(by directory: Directory) async {
        let now = clock.now()
        // The clock goes back only where a jump was accepted as true.
        if now < lastLook { isSetBack = true }
        lastLook = now
        var failure: (any Error)?
        for work in Work.allCases where clock.isSettled || !work.needsSettledClock {
            do {
                try await carryOut(work, by: directory, now: now)
            } catch {
                failure = failure ?? error
                // What is broken for one message or batch keeps no other work from being done. A store that does not
                // answer is asked once.
                guard case StoreFailure.broken = error else { break }
            }
        }
        if let failure {
            log.storeFailed("The store failed; leases, expiry and routes are not all looked after", because: failure)
        }
    }

    /// In this order.
    private enum Work: CaseIterable {
        case endWaits, endLeases, expire, settleUnreported, reroute

        var needsSettledClock: Bool { self == .expire || self == .settleUnreported }
    }

    private mutating func carryOut(_ work: Work, by directory: Directory, now: Date) async throws {
        switch work {
        case .endWaits:
            guard isSetBack else { return }
            isSetBack = try await !inSteps { try await store.endWaits(begunAfter: now, limit: $0) > 0 ? $0 : 0 }
        case .endLeases:
            let lost = try await store.endLeases(except: ongoing.all, now: now)
            if lost > 0 {
                log.logger.warning("Attempts ended without an answer", metadata: ["count": .stringConvertible(lost)])
            }
        case .expire:
            try await inSteps { try await store.expire(limit: $0, now: now) }
        case .settleUnreported:
            let overdue = now + (.zero - reportGrace)
            try await inSteps { try await store.settleUnreported(expiredBefore: overdue, limit: $0, now: now) }
        case .reroute:
            try await reroute.goOn(by: directory, now: now)
            // Messages that are being led elsewhere do not wait for an absent MMSC.
            if !reroute.isGoing { try await absent.goOn(in: store, by: directory, now: now) }
        }
    }

    /// Repeats the step while it finds as many as it may change; returns whether nothing is left to change.
    @discardableResult
    private func inSteps(_ step: (_ limit: Int) async throws -> Int) async throws -> Bool {
        for _ in 0..<Self.steps where try await step(Self.stepLimit) < Self.stepLimit { return true }
        return false
    }
}
