package import FoundationEssentials

/// The time by which the domain acts, and a way to wait for it; the gateway has one, `SteadyClock`, and tests bring
/// their own.
package protocol DomainClock: Sendable {
    func now() -> Date
    /// Returns at that time, or throws `CancellationError` as soon as the task is cancelled.
    func sleep(until deadline: Date) async throws
}
