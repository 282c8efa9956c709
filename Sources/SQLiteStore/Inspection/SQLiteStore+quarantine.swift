package import GatewayCore
package import SQLStore

extension SQLiteStore {
    /// - Parameters:
    ///   - busyTimeout: how long to wait while the gateway has the database locked.
    ///   - targets: as in the gateway's own store.
    /// - Throws: as `openForReading`.
    package static func openQuarantine(
        directory: String, busyTimeout: Duration = .seconds(5),
        targets: @escaping CallTargets = { [CallTarget($0.batchTarget)] }
    ) async throws(StoreFailure) -> SQLQuarantine {
        let directory = DataDirectory(path: directory)
        try directory.checkReadable()
        do throws(SQLError) {
            let path = directory.database
            let thread = try await ConnectionThread.open("store.quarantine") { () throws(SQLError) in
                try SQLiteDriver.examine(path: path, busyTimeout: busyTimeout) { (connection) throws(SQLError) in
                    try connection.requireSchema()
                }
                let connection = try SQLiteDriver.writer(path: path, busyTimeout: busyTimeout)
                connection.files = OpenDatabase(directory)
                return connection
            }
            return SQLQuarantine(on: thread, targets: targets)
        } catch {
            throw directory.named(in: StoreFailure(error))
        }
    }
}
