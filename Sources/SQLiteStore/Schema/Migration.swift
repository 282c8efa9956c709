import SQLStore

/// One step of the schema. A step that was released is never edited; the next one follows it.
struct Migration: Sendable {
    /// 1 for the first; kept in the file as `user_version`.
    let number: Int
    let script: String

    static let all: [Migration] = [.initial, .apps, .operation]
}

extension SQLiteDriver {
    /// The application id that marks a database as this program's: "MM7g". Every migration writes it.
    static let applicationID = 1_296_906_087

    /// Brings the schema up to date, each step in a transaction of its own.
    ///
    /// - Parameters:
    ///   - period: how often `onProgress` is called while a step runs, at the most.
    ///   - onProgress: called for each step of a database with something in it.
    /// - Throws: also when the file is another program's, or was written by a later release or by a build before the
    ///   first release, whose rows may have another meaning.
    /// - Returns: whether the database was empty.
    @discardableResult
    func migrate(
        _ migrations: [Migration] = Migration.all, each period: Duration = .seconds(5),
        onProgress: @escaping (MigrationProgress) -> Void = { _ in }
    ) throws(SQLError) -> Bool {
        let (isNew, version) = try requireKnownSchema(migrations)
        let newest = migrations.last?.number ?? 0
        if !isNew { try requireTables(of: migrations.filter { $0.number <= version }) }
        for migration in migrations where migration.number > version {
            defer { rollBack() }
            let report = ProgressReport(each: period) { passed in
                guard !isNew else { return }
                onProgress(MigrationProgress(step: migration.number, last: newest, passed: passed))
            }
            try execute(
                """
                BEGIN EXCLUSIVE;
                \(migration.script)
                PRAGMA application_id = \(Self.applicationID);
                PRAGMA user_version = \(migration.number);
                COMMIT;
                """,
                doing: "migration \(migration.number)", onProgress: report.look)
        }
        return isNew
    }

    /// - Throws: when the database is another program's, or was written by a later release.
    /// - Returns: whether nothing is in it yet, and its schema.
    @discardableResult
    func requireKnownSchema(
        _ migrations: [Migration] = Migration.all
    ) throws(SQLError) -> (isNew: Bool, version: Int) {
        let isNew = try isNew()
        let version = try value(of: "PRAGMA user_version").flatMap { Int($0) } ?? 0
        let newest = migrations.last?.number ?? 0
        guard version <= newest else {
            throw .refused(
                "it has schema \(version), this release knows those up to \(newest); a later one has "
                    + "run here: start that one, or restore a backup from before the upgrade")
        }
        return (isNew, version)
    }

    /// Builds before the first release had other tables under the number 1.
    ///
    /// - Throws: when something that the steps make is missing or different. Anything else in the database belongs to
    ///   the operator.
    private func requireTables(of migrations: [Migration]) throws(SQLError) {
        guard !migrations.isEmpty else { return }
        let model = try SQLiteDriver(path: ":memory:", access: .readWrite)
        try model.migrate(migrations)
        let missing = try Set(model.rows(SchemaQuery.parts, read: SchemaPart.init))
            .subtracting(rows(SchemaQuery.parts, read: SchemaPart.init))
        guard let part = missing.map(\.name).min() else { return }
        throw .refused(
            "it was made by an unreleased build of mm7-gateway, or changed by hand (\(part) is not as this build makes it); keep "
                + "a copy, then go on with that build or undo the change, or move gateway.sqlite, gateway.sqlite-wal, "
                + "gateway.sqlite-shm, media, media.key and apps.key away to begin without what was accepted")
    }

    /// Whether nothing is in the database yet.
    ///
    /// - Throws: when the database is another program's.
    func isNew() throws(SQLError) -> Bool {
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

/// A table, index or trigger, with the text that made it.
private struct SchemaPart: Hashable {
    let name: String
    let sql: String

    init(_ row: inout Row) throws(SQLError) {
        name = try row.text()
        // Comments and the positions of line ends do not matter.
        sql = try row.text().split(separator: "\n").map { line in
            line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
        }.joined(separator: " ").split(separator: " ").joined(separator: " ")
    }
}

private enum SchemaQuery: Int, Query {
    case parts

    var sql: String {
        switch self {
        // The indexes that SQLite makes for a constraint have no text.
        case .parts:
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL"
        }
    }
}
