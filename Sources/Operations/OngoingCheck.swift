import Synchronization

/// A check that is made once at a time, however many ask meanwhile, and for which nobody waits longer than a moment.
final class OngoingCheck: Sendable {
    private let check: Readiness.Check
    private let patience: Duration
    private let ongoing = Mutex<Task<String?, Never>?>(nil)

    init(_ check: Readiness.Check, patience: Duration) {
        (self.check, self.patience) = (check, patience)
    }

    func result() async -> Readiness.CheckResult {
        let task = ongoing.withLock { ongoing in
            if let ongoing { return ongoing }
            let task = Task { await made() }
            ongoing = task
            return task
        }
        let (failures, first) = AsyncStream<String?>.makeStream(bufferingPolicy: .bufferingOldest(1))
        // It ends with the check, which has a time-out of its own.
        Task { first.yield(await task.value) }
        let timer = Task {
            do { try await Task.sleep(for: patience) } catch { return }
            first.yield("there is no answer after \(patience)")
        }
        defer { timer.cancel() }
        for await failure in failures { return .init(name: check.name, failure: failure) }
        return .init(name: check.name, failure: "the question was cancelled")
    }

    /// Why it failed; nil where it passed.
    private func made() async -> String? {
        defer { ongoing.withLock { $0 = nil } }
        do {
            try await check.pass()
            return nil
        } catch {
            return "\(error)"
        }
    }
}
