package import FoundationEssentials

/// The time of day and a way to wait for it; tests bring their own.
package protocol WallClock: Sendable {
    func now() -> Date
    /// Returns at that time, or throws `CancellationError` as soon as the task is cancelled.
    func sleep(until deadline: Date) async throws
}

/// The machine's clock.
package struct SystemClock: WallClock {
    package init() {}

    package func now() -> Date { Date() }

    package func sleep(until deadline: Date) async throws {
        try await Task.sleep(for: max(deadline.since(now()), .zero))
    }
}
