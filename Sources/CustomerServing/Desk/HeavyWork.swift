import FoundationEssentials
import GatewayCore
import HTTPServing

/// The work that takes long for a request with a large body: to decode it, to check it, to print it again.
///
/// At most half of the processors do it, one for each customer, so that the requests of all others find one that is
/// free.
package struct HeavyWork: Sendable {
    private let permits: SharedPermits<String, String>

    /// Bytes from which a body is large: some milliseconds of work.
    private static let largeBytes = 64 << 10
    /// Requests that wait for a processor, with their bodies.
    private static let waitingLimit = 256

    package init(processors: Int = ProcessInfo.processInfo.activeProcessorCount) {
        permits = SharedPermits(.heavyDecoding, capacity: max(processors / 2, 1), waitingLimit: Self.waitingLimit)
    }

    /// Does the work, of a small body at once.
    ///
    /// - Parameter work: waits for nothing: while it waited, nobody else could work.
    /// - Throws: `unavailable` when too many wait; else what the work throws.
    func run<Value>(ofBytes count: Int, for customer: String, _ work: () throws -> Value) async throws -> Value {
        guard count > Self.largeBytes else { return try work() }
        var result: Result<Value, any Error>?
        do {
            try await permits.withPermit(for: customer, at: customer) {
                result = await aside { Result { try work() } }
                return ((), .answered)
            }
        } catch is SharedPermits<String, String>.Refusal {
            throw CallRefusal.unavailable
        }
        guard let result else { throw CallRefusal.internalError }
        return try result.get()
    }
}
