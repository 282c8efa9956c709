package import GatewayCore
import SQLStore

extension SQLiteStore {
    package func giveBackSpace(within budget: Duration) async throws(StoreFailure) -> RemovalStep {
        try await giveBackSpace(within: budget, sparing: 64 << 20)
    }

    /// - Parameter spareBytes: what stays free in any case.
    func giveBackSpace(within budget: Duration, sparing spareBytes: Int) async throws(StoreFailure) -> RemovalStep {
        let pages = try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.sqlite.pagesToGiveBack(sparing: spareBytes)
        }
        guard pages > 0 else { return RemovalStep() }
        return try await measured(budget) { (transaction, deadline) throws(SQLError) in
            try transaction.sqlite.giveBackSpace(sparing: spareBytes, until: deadline)
        }
    }
}
