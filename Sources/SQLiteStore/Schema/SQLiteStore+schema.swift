package import GatewayCore
import SQLStore

/// The tables without a start of the gateway.
extension SQLiteStore {
    /// Reads nothing but the head of the file, so that a gateway that runs is not held up.
    package static func schema(in directory: String) -> SchemaState {
        SchemaState(present: DataDirectory(path: directory).schemaInHead ?? 0, newest: Migration.all.last?.number ?? 0)
    }

    /// Brings the tables up to date. No gateway may run on them.
    ///
    /// - Throws: `.unavailable` when one does; otherwise as a start.
    package static func migrate(
        directory: String, busyTimeout: Duration = .seconds(5),
        onMigration: @escaping @Sendable (MigrationProgress) -> Void
    ) async throws(StoreFailure) {
        let directory = DataDirectory(path: directory)
        try DataFolder.make(directory.path)
        let lock = try DirectoryLock(directory: directory.path)
        defer { withExtendedLifetime(lock) {} }
        do throws(StoreFailure) {
            try StoreFiles(directory: directory).examine()
            try directory.prepareDatabase()
            let (writer, _) = try await connectWriter(directory, nil, busyTimeout, onMigration)
            await writer.close()
        } catch {
            throw directory.named(in: error)
        }
    }
}
