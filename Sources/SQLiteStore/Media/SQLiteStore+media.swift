package import GatewayCore

extension SQLiteStore: MediaNeeds {
    package func needed(among hashes: [String]) async throws(StoreFailure) -> Set<String> {
        let list = JSONColumn.plainList(hashes)
        let needed = try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.connection.rows(MediaQuery.needed, [":hashes": .text(list)]) { (row) throws(SQLiteError) in
                try row.text()
            }
        }
        return Set(needed)
    }
}
