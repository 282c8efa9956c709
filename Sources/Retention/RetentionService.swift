package import FoundationEssentials
package import GatewayCore
package import Logging
import ServiceLifecycle
import Synchronization
package import Telemetry
import WorkLoop

/// Removes what has ended long enough ago, at the start and then each hour, in steps that leave the writer nine tenths
/// of its time: also where years are to be removed.
package final class RetentionService: Service {
    private let store: any RetentionStore
    private let rules: RetentionRules
    private let clock: any DomainClock
    private let monotonic: MonotonicClock
    private let trust: Mutex<TimeTrust>
    private let start = Mutex(SweepStart())
    private let telemetry: Telemetry
    private let logger: Logger

    /// - Parameter newest: the newest time that the store knew when it was opened.
    package init(
        store: any RetentionStore, rules: RetentionRules, clock: any DomainClock, newest: Date?,
        monotonic: MonotonicClock = .system, telemetry: Telemetry, logger: Logger
    ) {
        self.store = store
        self.rules = rules
        self.clock = clock
        self.monotonic = monotonic
        trust = Mutex(TimeTrust(now: clock.now(), at: monotonic.now, newest: newest))
        self.telemetry = telemetry
        self.logger = logger
    }

    package func run() async throws {
        await HourlySweep.run(by: clock) { await self.sweepOrLog() }
    }

    private func sweepOrLog() async {
        let now = clock.now()
        guard trust.withLock({ $0.trusts(now, at: monotonic.now) }) else {
            logger.warning(
                "The clock went ahead, or the gateway was stopped for more than a day; nothing is removed by its age for a day, so that a wrong clock can be set",
                metadata: ["clock": "\(now.inUTC)"])
            return
        }
        do {
            let removed = try await sweep(now: now)
            guard removed.contains(where: { $0.value > 0 }) else { return }
            logger.info(
                "What ended long ago was removed",
                metadata: Logger.Metadata(
                    uniqueKeysWithValues: removed.map { ($0.key.rawValue, .stringConvertible($0.value)) }))
        } catch {
            guard !Task.isCancelled else { return }
            logger.error(
                "What ended long ago could not be removed; it is tried again in an hour",
                metadata: ["error": "\(error)"])
        }
    }

    /// Removes everything that has ended before its time. What goes wrong with one kind holds up no other.
    ///
    /// - Returns: how many of each are gone.
    /// - Throws: the first of the errors, after all kinds had their turn.
    @discardableResult
    package func sweep(now: Date) async throws -> [RemovedKind: Int] {
        var removed: [RemovedKind: Int] = [:]
        var failure: (any Error)?
        for (kind, end) in rules.limits(at: now) {
            do {
                try await remove(kind, endedBefore: end, now: now, &removed)
            } catch {
                guard !Task.isCancelled else { throw error }
                failure = failure ?? error
            }
        }
        try await inSteps { _, budget in try await store.giveBackSpace(within: budget) }
        if let failure { throw failure }
        return removed
    }

    private func remove(
        _ kind: KeptKind, endedBefore end: Date, now: Date, _ removed: inout [RemovedKind: Int]
    ) async throws {
        let beginning = kind == .batches ? start.withLock { $0.begin(at: now) } : nil
        var counts: [RemovedKind: Int] = [:]
        defer { removed.merge(counts, uniquingKeysWith: +) }
        try await inSteps(from: beginning) { cursor, budget in
            let step = try await store.remove(kind, endedBefore: end, after: cursor, within: budget)
            for (kind, count) in [(RemovedKind(kind), step.removed), (.messages, step.messages)] where count > 0 {
                counts[kind, default: 0] += count
                telemetry.removed(kind, count)
            }
            if kind == .batches, let next = step.next { self.start.withLock { $0.reached(next) } }
            return step
        }
    }

    /// Takes steps to the end, with pauses between them.
    private func inSteps(
        from start: RemovalCursor? = nil, _ step: (RemovalCursor?, _ budget: Duration) async throws -> RemovalStep
    ) async throws {
        var pace = RemovalPace()
        var cursor = start
        repeat {
            let done = try await step(cursor, pace.budget)
            cursor = done.next
            if cursor != nil { try await monotonic.sleep(until: monotonic.now + pace.took(done)) }
        } while cursor != nil
    }
}

extension RemovedKind {
    fileprivate init(_ kind: KeptKind) {
        self =
            switch kind {
            case .answers: .answers
            case .events: .events
            case .attempts: .attempts
            case .batches: .batches
            }
    }
}
