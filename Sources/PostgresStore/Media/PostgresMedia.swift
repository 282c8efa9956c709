package import GatewayCore
import SQLStore

/// Media and keys in the database that gateways share, over two connections of its own.
///
/// No statement is in a block of a transaction: none takes the lock by which what the store writes is serial. A statement
/// whose connection was lost is made once more, which does no harm: each brings about the same however often it is made.
package struct PostgresMedia: SharedMedia {
    /// They also write; what matters here is that a call waits while both are busy.
    let connections: Readers

    /// - Throws: `.unavailable` when the server cannot be reached, or a store has to be opened there first; `.broken` when
    ///   the tables are not of this release.
    package static func open(_ server: PostgresServer) async throws(StoreFailure) -> PostgresMedia {
        var threads: [ConnectionThread] = []
        do throws(SQLError) {
            for number in 1...2 {
                let thread = try await ConnectionThread.open("store.media.\(number)") { () throws(SQLError) in
                    let driver = try PostgresDriver(server, as: .media)
                    try driver.requireSchema()
                    return driver
                }
                threads.append(thread)
            }
        } catch {
            for thread in threads { await thread.close() }
            throw StoreFailure(error.about(server))
        }
        return PostgresMedia(connections: Readers(threads))
    }

    package func close() async { await connections.close() }

    package func keep(_ bytes: [UInt8], as hash: String) async throws(StoreFailure) {
        _ = try await ask { (connection) throws(SQLError) in
            try connection.run(MediumQuery.keep, [":hash": .text(hash), ":content": .blob(bytes)])
        }
    }

    package func renew(_ hash: String) async throws(StoreFailure) -> Bool {
        try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.renew, [":hash": .text(hash)]) { (row) throws(SQLError) in try row.flag() }
        } ?? false
    }

    package func bytes(of hash: String) async throws(StoreFailure) -> [UInt8]? {
        try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.bytes, [":hash": .text(hash)]) { row in row.next().octets() }
        }
    }

    package func identity() async throws(StoreFailure) -> String {
        let identity = try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.identity) { (row) throws(SQLError) in try row.text() }
        }
        guard let identity else { throw .broken("the database has lost its identity, the row of the table pulse") }
        return identity
    }

    package func missing(among hashes: [String]) async throws(StoreFailure) -> Set<String> {
        let list = JSONColumn.plainList(hashes)
        let kept = try await ask { (connection) throws(SQLError) in
            try connection.rows(MediumQuery.kept, [":hashes": .text(list)]) { (row) throws(SQLError) in try row.text() }
        }
        return Set(hashes).subtracting(kept)
    }

    /// What is asked of one connection.
    func ask<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(SQLError) -> Value
    ) async throws(StoreFailure) -> Value {
        try await connections.read { (snapshot) throws(SQLError) in try body(snapshot.connection) }
    }
}
