import GatewayCore

/// Responses that are long: so many at once, and half of them of one customer. Each holds one element in memory, which may
/// be megabytes, for as long as its client reads.
package struct LongResponses: Sendable {
    private let permits: SharedPermits<String, String>

    /// At once, of all customers.
    private static let limit = 8
    private static let waitingLimit = 32
    /// What a response may have before it is a long one.
    package static let shortBytes = 256 << 10

    init() {
        permits = SharedPermits(.longAnswers, capacity: Self.limit, waitingLimit: Self.waitingLimit)
    }

    /// A permit, which the response holds until it is written.
    ///
    /// - Throws: `tooManyRequests` when as many wait as may.
    func permit(for customer: String) async throws(CallRefusal) -> HeldPermit {
        do {
            return try await permits.permit(for: customer, at: customer)
        } catch {
            throw .tooManyRequests(retryAfterSeconds: 1)
        }
    }
}
