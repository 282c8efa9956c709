package import GatewayCore

/// The operations of a store. Each noun has its part in its own folder.
extension SQLiteStore: Store {
    package func check() async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.connection.requireRoom()
            try transaction.probe()
        }
    }
}

extension SQLiteStore: BoundedStore {
    package func usedBytes() async throws(StoreFailure) -> Int {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.connection.usedBytes() }
    }

    package func limitSize(bytes: Int?) async throws(StoreFailure) {
        let limit = bytes.map { SizeLimit(bytes: $0) }
        try await writer.write { (transaction) throws(SQLiteError) in try transaction.connection.limitSize(limit) }
    }
}
