import GatewayCore

/// Permits for long responses: a fixed number at once, and half of it at most for one customer. Each holds one element
/// in memory, which may be megabytes, for as long as its client reads.
package struct LongResponses: Sendable {
    private let permits: SharedPermits<String, String>

    /// The most long responses at once, of all customers.
    private static let limit = 8
    private static let waitingLimit = 32
    /// The size up to which a response is not a long one.
    package static let shortBytes = 256 << 10

    init() {
        permits = SharedPermits(.longAnswers, capacity: Self.limit, waitingLimit: Self.waitingLimit)
    }

    /// A permit, which the response holds until it is written.
    ///
    /// - Throws: `tooManyRequests` when too many wait.
    func permit(for customer: String) async throws(CallRefusal) -> HeldPermit {
        do {
            return try await permits.permit(for: customer, at: customer)
        } catch {
            throw .tooManyRequests(retryAfterSeconds: 1)
        }
    }
}
