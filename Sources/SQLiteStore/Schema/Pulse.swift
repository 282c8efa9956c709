import FoundationEssentials
import GatewayCore

extension Connection {
    /// When what is known for a while began at the earliest, as it ends now. While the clock is in doubt the last time that
    /// was sure counts, where that is earlier: nothing is forgotten by a wrong clock, and nothing is known for longer.
    func beginning(of span: Duration, endingAt now: Date, isClockSettled: Bool) throws(SQLiteError) -> Date {
        guard !isClockSettled else { return now + (.zero - span) }
        guard let last = try first(TransactionQuery.keptTime, read: { $0.optionalTime() }) ?? nil else {
            return .distantPast
        }
        return min(now, last) + (.zero - span)
    }
}

/// Which database it is, and how far it has come.
struct Pulse: Equatable, Sendable {
    let identity: String
    /// Rises, each minute at the least.
    let probes: Int

    /// Nil where there is none to be read: of a database without its log all may be in that. What else is wrong is said when
    /// the database is opened to be written.
    init?(_ directory: DataDirectory, _ access: Connection.Access) {
        do throws(SQLiteError) {
            let connection = try Connection(path: directory.database, access: access)
            let pulse = try connection.first(TransactionQuery.pulse) { (row) throws(SQLiteError) in
                (identity: try row.text(), probes: try row.integer())
            }
            guard let pulse else { return nil }
            (identity, probes) = pulse
        } catch {
            return nil
        }
    }

    /// Not of a database that was being written to when the power went: half of it is in the log.
    private var isReadable: Bool { identity.utf8.count == 32 && identity.allSatisfy(\.isHexDigit) }

    /// Why the log beside a database cannot be its own; nil for one that can. SQLite carries over whatever log is there.
    ///
    /// Before any other connection is open in this process, whose locks would end with those that look here. These cannot
    /// write, and so leave the log as it is.
    static func faultInLog(of directory: DataDirectory) -> String? {
        guard let alone = Pulse(directory, .withoutLog), alone.isReadable, let whole = Pulse(directory, .readOnly)
        else { return nil }
        if whole.identity != alone.identity { return "is the log of another database" }
        return whole.probes < alone.probes ? "is older than the database beside it" : nil
    }
}
