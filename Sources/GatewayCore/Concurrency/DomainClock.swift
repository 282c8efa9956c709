package import FoundationEssentials

/// The time by which the domain acts, and a way to wait for it; the gateway has one, `SteadyClock`, and tests bring
/// their own.
package protocol DomainClock: Sendable {
    func now() -> Date
    /// Returns at that time, or throws `CancellationError` as soon as the task is cancelled.
    func sleep(until deadline: Date) async throws
    /// Whether anything may be ended now because its time is over. It may not in the first minutes after a start that
    /// has reason to doubt the machine's clock; all else goes on, and can be corrected later.
    var isSettled: Bool { get }
}

extension DomainClock {
    package var isSettled: Bool { true }

    /// Returns once the clock is settled, or throws `CancellationError` as soon as the task is cancelled.
    package func settled() async throws {
        while !isSettled { try await sleep(until: now() + .seconds(10)) }
    }
}
