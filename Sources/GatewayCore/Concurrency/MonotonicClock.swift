/// Time that passes, by a clock that nobody sets: how long something took, and when a patience ends. The domain's time
/// is `DomainClock`'s.
package struct MonotonicClock: Sendable {
    package typealias Instant = ContinuousClock.Instant

    private let reading: @Sendable () -> Instant
    private let sleeping: @Sendable (_ deadline: Instant) async throws -> Void

    /// The machine's monotonic clock.
    package static let system = MonotonicClock()

    /// - Parameters:
    ///   - now: the clock's time.
    ///   - sleep: returns at that time, or throws `CancellationError` as soon as the task is cancelled.
    package init(
        now: @escaping @Sendable () -> Instant = { .now },
        sleep: @escaping @Sendable (_ deadline: Instant) async throws -> Void = {
            try await Task.sleep(until: $0, clock: .continuous)
        }
    ) {
        reading = now
        sleeping = sleep
    }

    package var now: Instant { reading() }

    /// Returns at that time, or throws `CancellationError` as soon as the task is cancelled.
    package func sleep(until deadline: Instant) async throws { try await sleeping(deadline) }
}
