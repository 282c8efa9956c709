/// One step of the schema. A step that was released is never edited; the next one follows it.
struct Migration: Sendable {
    /// 1 for the first; kept in the file as `user_version`.
    let number: Int
    let script: String

    static let all: [Migration] = [.initial]
}

extension Connection {
    /// What says whose database a file is: "MM7g". Every migration writes it.
    static let applicationID = 1_296_906_087

    /// Brings the schema up to date, each step in a transaction of its own.
    ///
    /// - Throws: also when the file is another program's, or was written by a later release: its rows may not mean what they
    ///   seem to.
    /// - Returns: whether the database was empty.
    @discardableResult
    func migrate(_ migrations: [Migration] = Migration.all) throws(SQLiteError) -> Bool {
        let isNew = try isNew()
        let version = try value(of: "PRAGMA user_version").flatMap { Int($0) } ?? 0
        let newest = migrations.last?.number ?? 0
        guard version <= newest else {
            throw .refused("it has schema \(version), this release knows those up to \(newest); a later one is needed")
        }
        for migration in migrations where migration.number > version {
            defer { rollBack() }
            try execute(
                """
                BEGIN EXCLUSIVE;
                \(migration.script)
                PRAGMA application_id = \(Self.applicationID);
                PRAGMA user_version = \(migration.number);
                COMMIT;
                """,
                doing: "migration \(migration.number)")
        }
        return isNew
    }

    /// Whether nothing is in the database yet.
    ///
    /// - Throws: when it is another program's.
    func isNew() throws(SQLiteError) -> Bool {
        let application = try value(of: "PRAGMA application_id")
        if application == "\(Self.applicationID)" { return false }
        let isEmpty = try value(of: "SELECT count(*) FROM sqlite_master") == "0"
        let version = try value(of: "PRAGMA user_version")
        guard isEmpty, application == "0", version == "0" else {
            throw .refused(
                "it is the database of another program (application_id \(application ?? "unset")); move it away, or set "
                    + "data_directory to a folder of the gateway's own")
        }
        return true
    }
}
