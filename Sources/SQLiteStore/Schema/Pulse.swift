import SQLStore

/// The identity of a database, and how far it has progressed.
struct Pulse: Equatable, Sendable {
    let identity: String
    /// A number that rises at least each minute.
    let probes: Int

    /// Nil where none can be read: the log may hold all of a database. Any other fault is reported when the database is
    /// opened for writing.
    init?(_ directory: DataDirectory, _ access: SQLiteDriver.Access) {
        do throws(SQLError) {
            let connection = try SQLiteDriver(path: directory.database, access: access)
            let pulse = try connection.first(PulseQuery.pulse) { (row) throws(SQLError) in
                (identity: try row.text(), probes: try row.integer())
            }
            guard let pulse else { return nil }
            (identity, probes) = pulse
        } catch {
            return nil
        }
    }

    /// Whether it was read whole. It may not be if the power failed during a write, since a part of it is then in the
    /// log.
    private var isReadable: Bool { identity.utf8.count == 32 && identity.allSatisfy(\.isHexDigit) }

    /// Why the log beside a database cannot belong to it; nil where it can. SQLite would carry over any log that is
    /// there.
    ///
    /// To be called before this process opens any other connection, whose locks would end with the connections made
    /// here. These cannot write, so they do not change the log.
    static func faultInLog(of directory: DataDirectory) -> String? {
        guard let alone = Pulse(directory, .withoutLog), alone.isReadable, let whole = Pulse(directory, .readOnly)
        else { return nil }
        if whole.identity != alone.identity { return "is the log of another database" }
        return whole.probes < alone.probes ? "is older than the database beside it" : nil
    }
}
