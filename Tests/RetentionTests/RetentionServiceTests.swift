import Doubles
import Foundation
import GatewayCore
import Logging
import Retention
import Synchronization
import Telemetry
import Testing

/// Says what it is asked, and has a few steps of work for each kind but the broken one.
private final class Steps: RetentionStore {
    struct Call: Equatable {
        let kind: KeptKind
        let endedBefore: Date
        let cursor: RemovalCursor?
    }

    private let broken: KeptKind?
    private let state = Mutex<[Call]>([])
    private let gifts = Atomic(0)
    /// How often space was to be given back.
    var givenBack: Int { gifts.load(ordering: .relaxed) }

    init(broken: KeptKind? = nil) { self.broken = broken }

    var calls: [Call] { state.withLock { $0 } }

    func remove(
        _ kind: KeptKind, endedBefore: Date, after cursor: RemovalCursor?, within budget: Duration
    ) async throws(StoreFailure) -> RemovalStep {
        state.withLock { $0.append(Call(kind: kind, endedBefore: endedBefore, cursor: cursor)) }
        if kind == broken { throw .broken("a row that nobody can read") }
        var step = RemovalStep()
        step.removed = 2
        step.messages = kind == .batches ? 5 : 0
        step.work = .milliseconds(5)
        step.next = cursor == nil ? RemovalCursor("behind") : nil
        return step
    }

    func giveBackSpace(within budget: Duration) async throws(StoreFailure) -> RemovalStep {
        gifts.add(1, ordering: .relaxed)
        return RemovalStep()
    }

    func keptSpan() async throws(StoreFailure) -> KeptSpan { KeptSpan() }
}

@Suite("The removal of what ended long ago")
struct RetentionServiceTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func service(_ store: Steps, _ rules: RetentionRules, _ clock: MonotonicClock) -> RetentionService {
        RetentionService(
            store: store, rules: rules, clock: HastyClock(at: start), newest: nil, monotonic: clock,
            telemetry: .none, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
    }

    @Test("each kind is removed to its end, and has a time of its own")
    func sweep() async throws {
        let store = Steps()
        let naps = Mutex<[ContinuousClock.Instant]>([])
        let clock = MonotonicClock(sleep: { deadline in naps.withLock { $0.append(deadline) } })
        let rules = RetentionRules(
            batches: .seconds(10 * 86_400), events: .seconds(4 * 86_400), attempts: .seconds(2 * 86_400),
            answers: .seconds(86_400))

        let removed = try await service(store, rules, clock).sweep(now: start)

        #expect(
            store.calls.map(\.kind) == [.answers, .answers, .events, .events, .attempts, .attempts, .batches, .batches])
        #expect(store.calls.map(\.cursor) == Array([[nil], [RemovalCursor("behind")]].joined()).repeated(4))
        #expect(
            store.calls.map { start.timeIntervalSince($0.endedBefore) / 86_400 } == [1, 1, 4, 4, 2, 2, 10, 10])
        #expect(removed == [.answers: 4, .events: 4, .attempts: 4, .batches: 4, .messages: 10])
        #expect(naps.withLock(\.count) == 4, "one pause after each step that is followed by another")
    }

    @Test("a kind that cannot be removed holds up no other, and the sweep says so at its end")
    func broken() async throws {
        let store = Steps(broken: .events)

        await #expect(throws: StoreFailure.broken("a row that nobody can read")) {
            try await service(store, RetentionRules(), MonotonicClock(sleep: { _ in })).sweep(now: start)
        }

        #expect(store.calls.map(\.kind) == [.answers, .answers, .events, .batches, .batches])
        #expect(store.givenBack == 1)
    }

    @Test("attempts that are kept as long as their messages are not looked for")
    func attempts() async throws {
        let store = Steps()

        _ = try await service(store, RetentionRules(), MonotonicClock(sleep: { _ in })).sweep(now: start)

        #expect(!store.calls.contains { $0.kind == .attempts })
    }
}

extension Array {
    fileprivate func repeated(_ count: Int) -> [Element] { (0..<count).flatMap { _ in self } }
}
