package import GatewayCore
package import SQLStore

/// The store for a command beside the gateway.
extension PostgresStore {
    /// - Throws: `.unavailable` when the server cannot be reached, or the gateway has to bring the tables up to date
    ///   first; `.broken` when they are of a later release.
    package static func openForReading(_ server: PostgresServer) async throws(StoreFailure) -> SQLInspection {
        SQLInspection(on: try await connect(server, as: .reader))
    }

    /// - Parameter targets: as in the gateway's own store.
    /// - Throws: as `openForReading`.
    package static func openQuarantine(
        _ server: PostgresServer, targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }
    ) async throws(StoreFailure) -> SQLQuarantine {
        SQLQuarantine(on: try await connect(server, as: .visitor), targets: targets)
    }

    private static func connect(
        _ server: PostgresServer, as role: ConnectionRole
    ) async throws(StoreFailure) -> ConnectionThread {
        do throws(SQLError) {
            return try await ConnectionThread.open("store.command") { () throws(SQLError) in
                let driver = try PostgresDriver(server, as: role)
                try driver.requireSchema()
                return driver
            }
        } catch {
            throw StoreFailure(error.about(server))
        }
    }
}
