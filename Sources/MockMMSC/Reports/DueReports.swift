import Synchronization

/// The reports that wait for their time, in slots of ten milliseconds: adding one and taking all that are due cost the
/// same however many wait, and one loop serves them all.
final class DueReports: Sendable {
    private struct State {
        var slots: [Int: [PendingReport]] = [:]
        /// The first slot that was not taken yet.
        var next = 0
    }

    private let state = Mutex(State())
    private let start = ContinuousClock.now
    private let isFilled: AsyncStream<Void>
    private let filled: AsyncStream<Void>.Continuation

    private static let slot = Duration.milliseconds(10)

    init() {
        (isFilled, filled) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func add(_ report: PendingReport, after delay: Duration) {
        let due = ContinuousClock.now + delay
        let wasEmpty = state.withLock { state in
            let wasEmpty = state.slots.isEmpty
            state.slots[max(Self.number(due - start) + 1, state.next), default: []].append(report)
            return wasEmpty
        }
        if wasEmpty { filled.yield() }
    }

    /// Removes and returns the waiting reports that are wanted; it looks at all that wait.
    func remove(where isWanted: (PendingReport) -> Bool) -> [PendingReport] {
        state.withLock { state in
            var removed: [PendingReport] = []
            for (number, reports) in state.slots where reports.contains(where: isWanted) {
                removed += reports.filter(isWanted)
                // An empty slot is taken like any other: the loop rests when there is none.
                state.slots[number] = reports.filter { !isWanted($0) }
            }
            return removed
        }
    }

    /// Gives out every report when it is due, until the task is cancelled. One loop may call it.
    func forEachDue(_ body: (PendingReport) async -> Void) async {
        for await _ in isFilled {
            while let next = state.withLock({ $0.slots.isEmpty ? nil : $0.next }) {
                do { try await ContinuousClock().sleep(until: start + Self.slot * next) } catch { return }
                for report in take(through: Self.number(ContinuousClock.now - start)) { await body(report) }
            }
        }
    }

    private func take(through last: Int) -> [PendingReport] {
        state.withLock { state in
            var due: [PendingReport] = []
            if last - state.next > state.slots.count {
                // After a long rest, more slots have passed than are filled.
                for number in state.slots.keys.filter({ $0 <= last }).sorted() {
                    due += state.slots.removeValue(forKey: number) ?? []
                }
            } else if last >= state.next {
                for number in state.next...last { due += state.slots.removeValue(forKey: number) ?? [] }
            }
            state.next = max(state.next, last + 1)
            return due
        }
    }

    private static func number(_ elapsed: Duration) -> Int { Int(elapsed / slot) }
}
