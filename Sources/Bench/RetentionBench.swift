import FoundationEssentials
import GatewayCore
import Glibc
import Logging
import Retention
import SQLStore
import SQLiteStore
import Synchronization
import Telemetry

/// What a store becomes that takes messages for a month and keeps those of a week, by a clock of its own: each simulated
/// hour its messages go their whole way, and then everything is removed that ended long enough ago. No HTTP is used.
///
/// The pauses between the steps of a removal are left out, so others meet more of them than they ever would.
struct RetentionBench: Sendable {
    /// Messages a second of the simulated time, each a batch of its own.
    let rate: Double
    let days: Int
    let keptDays: Int
    let dataDirectory: String

    /// What one simulated day left behind.
    struct Day: Sendable {
        let number: Int
        let kept: KeptSpan
        let logBytes: Int
        let removedBatches: Int
        let steps: [RemovalStep]
        /// Commits of others while something was removed, and while messages went their way.
        let duringRemoval: [Duration]
        let duringTraffic: [Duration]
    }

    private static let owner = Owner.servicePlan("bench")
    private static let start = Date(milliseconds: 1_800_000_000_000)

    /// - Parameter report: called at the end of each day.
    func run(_ report: (Day) -> Void) async throws -> [Day] {
        let store = try await SQLiteStore.open(
            directory: dataDirectory, signals: WorkSignals(), now: Self.start, answerLife: .seconds(86_400) * keptDays)
        let traffic = SimulatedTraffic(store: store, owner: Self.owner)
        let removals = MeasuredRemovals(store)
        let life = Duration.seconds(86_400) * keptDays
        let clock = MonotonicClock(sleep: { _ in })
        let service = RetentionService(
            store: removals, rules: RetentionRules(batches: life, answers: life), clock: SteadyClock(),
            newest: nil, monotonic: clock, telemetry: .none,
            logger: Logger(label: "bench", factory: { _ in SwiftLogNoOpLogHandler() }))
        var all: [Day] = []
        for day in 0..<days {
            var (during, beside) = ([Duration](), [Duration]())
            var removed = 0
            for hour in 0..<24 {
                let now = Self.start + .seconds(86_400) * day + .seconds(3_600) * hour
                let count = Int(rate * 3600 * Double(hour + 1)) - Int(rate * 3600 * Double(hour))
                beside += try await Self.probing(store) { try await traffic.pass(count, at: now) }
                during += try await Self.probing(store) {
                    removed += try await service.sweep(now: now + .seconds(3_600))[.batches] ?? 0
                }
            }
            var log = stat()
            let hasLog = stat(dataDirectory + "/gateway.sqlite-wal", &log) == 0
            let figures = Day(
                number: day + 1, kept: try await store.keptSpan(), logBytes: hasLog ? Int(log.st_size) : 0,
                removedBatches: removed, steps: removals.take(), duringRemoval: during, duringTraffic: beside)
            report(figures)
            all.append(figures)
        }
        await store.close()
        return all
    }

    /// How long commits took that another caller made all the while.
    private static func probing(_ store: SQLiteStore, _ work: () async throws -> Void) async throws -> [Duration] {
        let end = End()
        return try await withThrowingTaskGroup(of: [Duration].self) { group in
            group.addTask { try await Self.commits(of: store, until: end) }
            let result: Result<Void, any Error>
            do { result = .success(try await work()) } catch { result = .failure(error) }
            end.come()
            try result.get()
            return try await group.next() ?? []
        }
    }

    private static func commits(of store: SQLiteStore, until end: End) async throws -> [Duration] {
        var durations: [Duration] = []
        while !end.hasCome {
            durations.append(try await ContinuousClock().measure { try await store.check() })
            try await Task.sleep(for: .milliseconds(2))
        }
        return durations
    }
}

/// The end of the work that others are measured beside.
private final class End: Sendable {
    private let state = Atomic<Bool>(false)

    var hasCome: Bool { state.load(ordering: .relaxed) }

    func come() { state.store(true, ordering: .relaxed) }
}

/// The store, and how long its steps took.
private final class MeasuredRemovals: RetentionStore {
    private let store: SQLiteStore
    private let steps = Mutex<[RemovalStep]>([])

    init(_ store: SQLiteStore) { self.store = store }

    func remove(
        _ kind: KeptKind, endedBefore: Date, after cursor: RemovalCursor?, within budget: Duration
    ) async throws(StoreFailure) -> RemovalStep {
        let step = try await store.remove(kind, endedBefore: endedBefore, after: cursor, within: budget)
        if step.work > .zero { steps.withLock { $0.append(step) } }
        return step
    }

    func giveBackSpace(within budget: Duration) async throws(StoreFailure) -> RemovalStep {
        let step = try await store.giveBackSpace(within: budget)
        if step.work > .zero { steps.withLock { $0.append(step) } }
        return step
    }

    func keptSpan() async throws(StoreFailure) -> KeptSpan { try await store.keptSpan() }

    /// The steps since the last call.
    func take() -> [RemovalStep] {
        steps.withLock { steps in
            defer { steps = [] }
            return steps
        }
    }
}
