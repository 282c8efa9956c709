import CurlHTTP
package import GatewayConfiguration
package import GatewayCore
package import Media
import ObjectStorage
import PostgresStore
import SQLStore
import SQLiteStore

/// The store of a configuration, opened for an operator's command. No other code of the commands knows which store it
/// is.
package enum OperatorStore {
    /// - Returns: what `body` makes of the store, which is only read.
    package static func inspecting<Value: Sendable>(
        _ configuration: Configuration, _ body: (any StoreInspection) async throws -> Value
    ) async throws -> Value {
        let inspection =
            if let server = PostgresServer(of: configuration) {
                try await PostgresStore.openForReading(server)
            } else {
                try await SQLiteStore.openForReading(
                    directory: configuration.dataDirectory, busyTimeout: configuration.store.busyTimeout)
            }
        let result: Result<Value, any Error>
        do { result = .success(try await body(inspection)) } catch { result = .failure(error) }
        await inspection.close()
        return try result.get()
    }

    /// - Returns: what `body` makes of the media, which is only read. Nobody's data directory gets a file.
    package static func reading<Value: Sendable>(
        mediaOf configuration: Configuration, _ body: (MediaLibrary) async throws -> Value
    ) async throws -> Value {
        if let folder = configuration.media.sharedDirectory {
            return try await body(MediaLibrary(readingInFolder: folder))
        }
        guard let server = PostgresServer(of: configuration) else {
            return try await body(MediaLibrary(readingIn: configuration.dataDirectory))
        }
        return try await withMedia(on: server, configuration.media.sharedStorage) { shared in
            try await body(MediaLibrary(readingIn: configuration.dataDirectory, shared: shared))
        }
    }

    /// - Parameter bucket: has the bytes of media that the server has the names of; nil: the server has them.
    /// - Returns: what `body` makes of what gateways share on the server.
    static func withMedia<Value: Sendable>(
        on server: PostgresServer, _ bucket: Bucket?, _ body: (PostgresMedia) async throws -> Value
    ) async throws -> Value {
        let client = try HTTPClient()
        let result: Result<Value, any Error>
        do {
            let storage = bucket.map { SharedBucket($0, client: client, clock: SteadyClock()) }
            let shared = try await PostgresMedia.open(server, storage: storage)
            do { result = .success(try await body(shared)) } catch { result = .failure(error) }
            await shared.close()
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        return try result.get()
    }

    /// Writes the store anew, as small as it can be. No gateway may run on it.
    ///
    /// - Returns: what was done, for a person.
    package static func compact(_ configuration: Configuration) async throws(StoreFailure) -> String {
        guard configuration.store.postgresql == nil else {
            throw .unavailable(
                "the store is a database of PostgreSQL, whose server makes room by itself; see VACUUM and REINDEX")
        }
        let size = try await SQLiteStore.compact(
            directory: configuration.dataDirectory, busyTimeout: configuration.store.busyTimeout)
        return "the database had \(inWords(bytes: size.before)) and has \(inWords(bytes: size.after))"
    }

    /// - Returns: what a start would do to the tables of the store.
    package static func schema(of configuration: Configuration) throws(StoreFailure) -> SchemaState {
        if let server = PostgresServer(of: configuration) { return try PostgresStore.schema(of: server) }
        return SQLiteStore.schema(in: configuration.dataDirectory)
    }

    /// Brings the tables up to date without a start of the gateway.
    ///
    /// - Parameter onProgress: called with what is being done, for a person.
    package static func migrate(
        _ configuration: Configuration, onProgress: @escaping @Sendable (String) -> Void
    ) async throws(StoreFailure) {
        if let server = PostgresServer(of: configuration) { return try PostgresStore.migrate(server) }
        try await SQLiteStore.migrate(
            directory: configuration.dataDirectory, busyTimeout: configuration.store.busyTimeout
        ) { progress in
            onProgress("step \(progress.step) of \(progress.last), for \(Int(progress.passed.seconds)) s")
        }
    }

    /// - Parameters:
    ///   - patience: how long to wait for a gateway that is writing.
    ///   - targets: the same as the gateway gives to its own store.
    /// - Returns: what `body` makes of the quarantine.
    package static func releasing<Value: Sendable>(
        _ configuration: Configuration, patience: Duration, targets: @escaping CallTargets,
        _ body: (any Quarantine) async throws -> Value
    ) async throws -> Value {
        let quarantine =
            if let server = PostgresServer(of: configuration) {
                try await PostgresStore.openQuarantine(server, targets: targets)
            } else {
                try await SQLiteStore.openQuarantine(
                    directory: configuration.dataDirectory, busyTimeout: patience, targets: targets)
            }
        let result: Result<Value, any Error>
        do { result = .success(try await body(quarantine)) } catch { result = .failure(error) }
        await quarantine.close()
        return try result.get()
    }
}

extension PostgresServer {
    /// Nil where the store is in the data directory.
    init?(of configuration: Configuration) {
        guard let address = configuration.store.postgresql else { return nil }
        self.init(address, password: configuration.store.password)
    }
}
