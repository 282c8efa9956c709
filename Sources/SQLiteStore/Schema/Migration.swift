/// One step of the schema. A step that was released is never edited; the next one follows it.
struct Migration: Sendable {
    /// 1 for the first; kept in the file as `user_version`.
    let number: Int
    let script: String

    static let all: [Migration] = [.initial]
}

extension Connection {
    /// Brings the schema up to date, each step in a transaction of its own.
    ///
    /// - Throws: also when the file was written by a later release: its rows may not mean what they seem to.
    func migrate(_ migrations: [Migration] = Migration.all) throws(SQLiteError) {
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
                PRAGMA user_version = \(migration.number);
                COMMIT;
                """,
                doing: "migration \(migration.number)")
        }
    }
}
