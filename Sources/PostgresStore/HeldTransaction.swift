package import GatewayCore
import SQLStore
import Synchronization

/// A transaction that somebody left open: the server keeps every row that it may still see.
package final class HeldTransaction: Sendable {
    private let driver: Mutex<PostgresDriver>

    /// - Throws: `.unavailable` when the server cannot be reached.
    package init(on server: PostgresServer) throws(StoreFailure) {
        do throws(SQLError) {
            let driver = try PostgresDriver(server, as: .reader)
            try driver.query(
                """
                SET idle_in_transaction_session_timeout = 0;
                BEGIN ISOLATION LEVEL REPEATABLE READ;
                SELECT count(*) FROM commit_mark;
                """, doing: "holding a transaction open")
            self.driver = Mutex(driver)
        } catch {
            throw StoreFailure(error.about(server))
        }
    }

    package func end() { driver.withLock { $0.close() } }
}
