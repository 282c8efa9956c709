package import GatewayCore
import SQLStore

/// Keys that gateways make for themselves, in the table `gateway_key`.
///
/// A key that seals apps' secrets lies beside what it seals then: it keeps them from whoever has a part of the database,
/// such as one table or a log of statements, and not from whoever has all of it. `conversation.seal_keys` keeps the key
/// elsewhere.
extension PostgresMedia: SharedKeys {
    package func key(_ name: String) async throws(StoreFailure) -> [UInt8]? {
        try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.key, [":name": .text(name)]) { row in row.next().octets() }
        }
    }

    package func key(
        _ name: String, orKeep octets: [UInt8]
    ) async throws(StoreFailure) -> (octets: [UInt8], isNew: Bool) {
        if let kept = try await key(name) { return (kept, false) }
        _ = try await ask { (connection) throws(SQLError) in
            try connection.run(MediumQuery.keepKey, [":name": .text(name), ":octets": .blob(octets)])
        }
        // Another gateway may have been first; and after a lost connection nobody knows whether the row is new.
        guard let kept = try await key(name) else { throw .broken("the key \(name) was kept, and is not there") }
        return (kept, kept == octets)
    }
}
