package import GatewayCore

/// A store on an SQL database: one writer that commits for many callers at once, a few readers, and the statements and
/// decisions that all such stores have in common.
///
/// Each folder is a noun, with its statements, rows, reading and writing. `Transactions` has the machinery that they
/// all use, and `Connection` what a kind of database has to bring.
package protocol SQLStore: Store {
    var parts: StoreParts { get }
}

extension SQLStore {
    package var findings: StoreFindings { parts.findings }

    package var waitingCount: Int { writer.waitingCount }

    /// Transactions committed so far, which shows how well callers share them.
    package var commitCount: Int { writer.commitCount }

    package var writer: Writer { parts.writer }

    /// The readers for what the gateway itself needs: what it sends, fetches and counts, and what it notifies customers
    /// of.
    package var readers: Readers { parts.readers }

    /// The readers for what customers read, shared among them.
    var customerReads: Readers { parts.customerReads }

    package func check() async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.driver.requireRoom()
            try transaction.probe()
        }
    }
}
