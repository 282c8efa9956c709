package import GatewayCore
import SQLStore

extension SQLiteStore: BoundedStore {
    package func usedBytes() async throws(StoreFailure) -> Int {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.sqlite.usedBytes()
        }
    }

    package func limitSize(bytes: Int?) async throws(StoreFailure) {
        let limit = bytes.map { SizeLimit(bytes: $0) }
        try await writer.write { (transaction) throws(SQLError) in try transaction.sqlite.limitSize(limit) }
    }
}

extension Transaction {
    var sqlite: SQLiteDriver { get throws(SQLError) { try connection.sqlite } }
}

extension Snapshot {
    var sqlite: SQLiteDriver { get throws(SQLError) { try connection.sqlite } }
}

extension Connection {
    /// SQLite's own connection, which all connections of this store are.
    fileprivate var sqlite: SQLiteDriver {
        get throws(SQLError) {
            guard let driver = driver as? SQLiteDriver else { throw .mistake("this is no connection of SQLite") }
            return driver
        }
    }
}
