import GatewayCore

/// Answers that are long: so many at once, and half of them of one customer. Each holds one element in memory, which may
/// be megabytes, for as long as its client reads.
struct LongAnswers: Sendable {
    private let permits: SharedPermits<Owner, Owner>

    /// At once, of all customers.
    private static let limit = 8
    private static let waitingLimit = 32
    /// What an answer may have before it is a long one.
    static let shortBytes = 256 << 10

    init() {
        permits = SharedPermits(.longAnswers, capacity: Self.limit, waitingLimit: Self.waitingLimit)
    }

    /// Holds the place of an answer until the permit is let go.
    ///
    /// - Throws: `tooManyRequests` when as many wait as may.
    func permit(for owner: Owner) async throws(SMSAPIError) -> HeldPermit {
        do {
            return try await permits.permit(for: owner, at: owner)
        } catch {
            throw .tooManyRequests(retryAfterSeconds: 1)
        }
    }
}
