package import GatewayCore
package import SQLStore

/// The store for a command beside the gateway.
extension PostgresStore {
    /// - Throws: `.unavailable` when the server cannot be reached, or the gateway has to bring the tables up to date
    ///   first; `.broken` when they are of a later release.
    package static func openForReading(_ server: PostgresServer) async throws(StoreFailure) -> SQLInspection {
        SQLInspection(on: try await connect(server, as: .reader)) { (connection, overview) throws(SQLError) in
            overview.replicas = try connection.replicas()
        }
    }

    /// - Parameter targets: as in the gateway's own store.
    /// - Throws: as `openForReading`.
    package static func openQuarantine(
        _ server: PostgresServer, targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }
    ) async throws(StoreFailure) -> SQLQuarantine {
        SQLQuarantine(on: try await connect(server, as: .visitor), targets: targets)
    }

    /// The steps of the tables, as they are now.
    package static func schema(of server: PostgresServer) throws(StoreFailure) -> SchemaState {
        do throws(SQLError) {
            let driver = try PostgresDriver(server, as: .reader)
            defer { driver.close() }
            return SchemaState(present: try driver.schemaNumber(), newest: server.newestSchema)
        } catch {
            throw StoreFailure(error.about(server))
        }
    }

    /// Brings the tables up to date, while other gateways may go on with them.
    package static func migrate(_ server: PostgresServer) throws(StoreFailure) {
        do throws(SQLError) {
            let driver = try PostgresDriver(server, as: .writer)
            defer { driver.close() }
            _ = try driver.durability()
            _ = try driver.migrate()
        } catch {
            throw StoreFailure(error.about(server))
        }
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
