import GatewayCore
import SQLStore

extension PostgresDriver {
    /// Brings the tables up to date, all steps in one transaction, which one process makes at a time.
    ///
    /// - Throws: also when a later release has run here, or there is something of another program with the names.
    /// - Returns: whether nothing was there.
    func migrate() throws(SQLError) -> Bool {
        try begin()
        defer { rollBack() }
        // What follows is asked one by one.
        _ = try closePipeline()
        let present = try schemaNumber()
        let newest = server.newestSchema
        guard present <= newest else {
            throw .refused(
                "it has schema \(present), this release knows those up to \(newest); a later one has run here: start that "
                    + "one, or restore a backup from before the upgrade")
        }
        // The server's time-out for a statement is for the work of every day.
        try query("SET LOCAL statement_timeout = 0", doing: "migrating")
        for migration in server.migrations where migration.number > present {
            try query(migration.script, doing: "migration \(migration.number)", patience: .seconds(86_400))
        }
        guard present < newest else { return false }
        try query(
            """
            CREATE TABLE IF NOT EXISTS gateway_schema (number BIGINT NOT NULL);
            DELETE FROM gateway_schema;
            INSERT INTO gateway_schema VALUES (\(newest));
            """, doing: "migrating")
        try query("COMMIT", doing: "migrating")
        isInTransaction = false
        return present == 0
    }

    /// - Throws: where the tables are not the ones that this release knows.
    func requireSchema() throws(SQLError) {
        let (present, newest) = (try schemaNumber(), server.newestSchema)
        guard present != newest else { return }
        guard present > 0 else {
            throw SQLError(
                kind: .unavailable, message: "it has no tables of the gateway: the gateway has not run with it yet",
                doing: "opening the database")
        }
        throw .refused(
            "it has schema \(present), this release reads \(newest); "
                + (present < newest ? "start the gateway of this release once" : "a later release is needed"))
    }

    /// The number of the last step that was made; 0 for none.
    func schemaNumber() throws(SQLError) -> Int {
        let doing = "looking for the tables"
        let there = try query("SELECT to_regclass('gateway_schema') IS NOT NULL", doing: doing)
        guard there.text(0, 0) == "t" else { return 0 }
        let number = try query("SELECT max(number) FROM gateway_schema", doing: doing)
        return number.text(0, 0).flatMap { Int($0) } ?? 0
    }
}

extension PostgresServer {
    /// The number of the last step that this release knows.
    var newestSchema: Int { migrations.last?.number ?? 0 }
}
