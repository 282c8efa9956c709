package import GatewayConfiguration
package import GatewayCore
import PostgresStore
import SQLStore
import SQLiteStore

/// A stopped gateway's data on its way from the database in the data directory to that of a PostgreSQL server, or back:
/// every row of every table, in one transaction, compared with its source before the commit.
///
/// Media and keys are files of the data directory. On a server the first start shares them with other gateways; on the
/// way back, what the server has of them is put beside the database first.
package struct StoreCopy: Sendable {
    package enum Target: String, Sendable, CaseIterable {
        case postgresql
        case sqlite
    }

    /// What was copied of a table.
    package struct Table: Sendable, Equatable {
        package let name: String
        package let rows: Int
    }

    private let directory: String
    private let server: PostgresServer
    private let target: Target
    /// Where the bytes of media are that the server has the names of.
    private let bucket: Bucket?

    /// - Parameter configuration: one that names both databases.
    /// - Throws: where it has no `store.postgresql`.
    package init(_ configuration: Configuration, to target: Target) throws(StoreFailure) {
        guard let server = PostgresServer(of: configuration) else {
            throw .unavailable(
                "the configuration has no store.postgresql, so it is not known which server is meant; put it in for this "
                    + "command\(target == .sqlite ? ", and take it out afterwards" : " and for the next start")")
        }
        self.init(
            directory: configuration.dataDirectory, server: server, to: target,
            bucket: configuration.media.sharedStorage)
    }

    init(directory: String, server: PostgresServer, to target: Target, bucket: Bucket? = nil) {
        (self.directory, self.server, self.target, self.bucket) = (directory, server, target, bucket)
    }

    /// Which is the source, and which the target.
    package var direction: String {
        let names = ["the SQLite database in \(directory)", "the PostgreSQL database \(server.name)"]
        let (source, other) = target == .postgresql ? (names[0], names[1]) : (names[1], names[0])
        return "from \(source) to \(other)"
    }

    /// What is to be done after it, for a person.
    package var advice: String {
        switch target {
        case .postgresql:
            "Leave store.postgresql in the configuration for the next start. The database gateway.sqlite is left as it was "
                + "and used no more: move it and the files gateway.sqlite-wal and gateway.sqlite-shm away once the gateway runs, "
                + "so that no start without store.postgresql sends again what it has queued"
        case .sqlite:
            "Take store.postgresql and store.password out of the configuration before the next start. The database of the "
                + "server is left as it was: remove it once the gateway runs, so that no start with it sends again what it has "
                + "queued"
        }
    }

    /// - Parameter onTable: called with each table when its rows are written, before they are compared.
    /// - Throws: with what to do, and the target as it was, where a gateway runs on either database, one is not of this
    ///   release, the target is not empty, or something differs in the end.
    package func run(onTable: (Table) -> Void = { _ in }) async throws {
        let names = try SQLiteStore.copiedTables()
        switch target {
        case .postgresql:
            let source = try SQLiteCopySource(directory, tables: names)
            defer { source.close() }
            let target = try PostgresCopyTarget(server, tables: names)
            defer { target.close() }
            try TableCopier(from: source, to: target).copy(names, onTable: onTable)
        case .sqlite:
            let target = try SQLiteCopyTarget(directory, tables: names)
            defer { target.close() }
            let source = try PostgresCopySource(server, tables: names)
            defer { source.close() }
            try await bringBackShared()
            try TableCopier(from: source, to: target).copy(names, onTable: onTable)
        }
    }

    private func bringBackShared() async throws {
        try await OperatorStore.withMedia(on: server, bucket) { media in
            try await SharedReturn(media: media, directory: directory).run()
        }
    }
}
