package import GatewayCore
import SQLStore

/// Lists of all that is shared, for a gateway that goes on by itself.
extension PostgresMedia {
    /// The keys that the gateways made for themselves.
    package func keys() async throws(StoreFailure) -> [(name: String, octets: [UInt8])] {
        try await ask { (connection) throws(SQLError) in
            try connection.rows(MediumQuery.keys) { (row) throws(SQLError) in
                (name: try row.text(), octets: row.next().octets())
            }
        }
    }

    /// The names of the content that follow on one, in their order, some thousand at most; none behind the last.
    package func hashes(after last: String) async throws(StoreFailure) -> [String] {
        let slice: Bindings = [":after": .text(last), ":limit": .integer(5_000)]
        return try await ask { (connection) throws(SQLError) in
            try connection.rows(MediumQuery.hashes, slice) { (row) throws(SQLError) in try row.text() }
        }
    }
}
