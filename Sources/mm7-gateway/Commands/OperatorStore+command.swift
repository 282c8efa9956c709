import ArgumentParser
import GatewayConfiguration
import GatewayCore
import SQLiteStore

extension StoreInspection {
    /// What `read` makes of the store, or the end of the command with the reason on standard error.
    static func reading<Value: Sendable>(
        _ configuration: Configuration, _ read: (StoreInspection) async throws -> Value
    ) async throws -> Value {
        do {
            let inspection = try await open(
                directory: configuration.dataDirectory, busyTimeout: configuration.store.busyTimeout)
            let result: Result<Value, any Error>
            do { result = .success(try await read(inspection)) } catch { result = .failure(error) }
            await inspection.close()
            return try result.get()
        } catch let failure as StoreFailure {
            StandardError.print(failure)
            throw ExitCode.failure
        }
    }
}
