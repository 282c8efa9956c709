import ArgumentParser
import GatewayConfiguration
import GatewayCore
import Operating

extension OperatorStore {
    /// Returns what `read` makes of the store, or ends the command with the reason on standard error.
    static func reading<Value: Sendable>(
        _ configuration: Configuration, _ read: (any StoreInspection) async throws -> Value
    ) async throws -> Value {
        try await orEnd { try await inspecting(configuration, read) }
    }

    /// Ends the command where the store fails, with the reason on standard error.
    static func orEnd<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as StoreFailure {
            StandardError.print(failure)
            throw ExitCode.failure
        }
    }
}
