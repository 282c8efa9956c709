import GatewayCore

/// What customers read: on connections of its own, in turns. Whatever one of them lists holds up neither another nor what
/// the gateway reads to send, to tell and to fetch.
final class CustomerReads: Sendable {
    private let readers: Readers
    private let permits: SharedPermits<Owner, Owner>

    /// Reads that wait at most, half of them of one customer.
    private static let waitingLimit = 512

    /// - Parameter count: how many connections the readers have.
    init(_ readers: Readers, count: Int) {
        self.readers = readers
        permits = SharedPermits(.reads, capacity: count, waitingLimit: Self.waitingLimit)
    }

    /// What `body` makes of the database, once it is the customer's turn.
    ///
    /// - Throws: also `.busy`, when as many of the customer's reads wait as may.
    func read<Value: Sendable>(
        for owner: Owner, _ body: @escaping @Sendable (Snapshot) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        do {
            return try await permits.withPermit(for: owner, at: owner) {
                (try await readers.read(body), .answered)
            }
        } catch let failure as StoreFailure {
            throw failure
        } catch {
            throw .busy("as many reads of the customer wait as may")
        }
    }

    func close() async { await readers.close() }
}
