package import GatewayCore
import SQLStore

/// Media and keys in the database that gateways share, over two connections of its own; of media maybe only the names,
/// with the bytes in a bucket.
///
/// No statement is in a block of a transaction: none takes the lock by which what the store writes is serial. A statement
/// whose connection was lost is made once more, which does no harm: each brings about the same however often it is made.
package struct PostgresMedia: SharedMedia {
    /// They also write; what matters here is that a call waits while both are busy.
    let connections: Readers
    /// Where new content goes; nil: into the database. What was kept elsewhere before is read from there.
    let storage: (any ContentStorage)?
    let names = ObjectNames()

    /// - Throws: `.unavailable` when the server cannot be reached, or a store has to be opened there first; `.broken` when
    ///   the tables are not of this release.
    package static func open(
        _ server: PostgresServer, storage: (any ContentStorage)? = nil
    ) async throws(StoreFailure) -> PostgresMedia {
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
        return PostgresMedia(connections: Readers(threads), storage: storage)
    }

    package func close() async { await connections.close() }

    package func keep(_ bytes: [UInt8], as hash: String) async throws(StoreFailure) {
        if let storage { return try await keep(bytes, as: hash, in: storage) }
        let row: Bindings = [":hash": .text(hash), ":content": .blob(bytes), ":byte_count": .integer(bytes.count)]
        _ = try await ask { (connection) throws(SQLError) in try connection.run(MediumQuery.keep, row) }
    }

    package func renew(_ hash: String) async throws(StoreFailure) -> Bool {
        try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.renew, [":hash": .text(hash)]) { (row) throws(SQLError) in try row.flag() }
        } ?? false
    }

    package func bytes(of hash: String) async throws(StoreFailure) -> [UInt8]? {
        let found = try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.content, [":hash": .text(hash)]) { (row) throws(SQLError) in
                (content: row.next().octets(), object: row.optionalText(), byteCount: try row.integer())
            }
        }
        guard let found else { return nil }
        guard let object = found.object else { return found.content }
        guard let storage else {
            throw .unavailable("the content is in a bucket, and the configuration has no media.shared_storage")
        }
        return try await storage.bytes(of: object, byteCount: found.byteCount)
    }

    package func identity() async throws(StoreFailure) -> String {
        let identity = try await ask { (connection) throws(SQLError) in
            try connection.first(MediumQuery.identity) { (row) throws(SQLError) in try row.text() }
        }
        guard let identity else { throw .broken("the database has lost its identity, the row of the table pulse") }
        return identity
    }

    package func changeIdentity() async throws(StoreFailure) {
        _ = try await ask { (connection) throws(SQLError) in try connection.run(MediumQuery.changeIdentity) }
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
