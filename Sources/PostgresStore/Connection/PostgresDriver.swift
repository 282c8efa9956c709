import CPostgres
import GatewayCore
import Glibc
import SQLStore

/// One connection to a PostgreSQL server, which is made again after it was lost. It is used by one thread at a time.
///
/// All transactions that write are serial, over all processes that share the database: each begins with the same lock.
/// So what the store decides in one is as if no other were there, and a group commit of one process follows that of
/// another. The server's time-outs free the lock from a process that has it and does not go on.
final class PostgresDriver: Driver {
    let dialect = Dialect.postgres
    let server: PostgresServer
    let role: ConnectionRole
    private(set) var handle: OpaquePointer?
    /// Counts the connections that were made, and the times that a connection forgot its statements: a statement knows by
    /// it whether it is prepared.
    private(set) var connectionNumber = 0
    var totalChanges = 0
    /// The same when the present transaction began.
    var changesAtBeginning = 0
    let hasLateErrors = true
    var isInTransaction = false
    /// Whether the present connection must not be used again.
    var isDoomed = false
    /// After a connection could not be made, the next is not tried before.
    private var nextTry: ContinuousClock.Instant?
    private var statementCount = 0
    /// What was sent and is not answered yet, in a transaction that writes.
    var pipeline = Pipeline()
    /// Marks the commits of this process; nil for a connection whose commits nobody asks for.
    var mark: CommitMark?

    init(_ server: PostgresServer, as role: ConnectionRole) throws(SQLError) {
        (self.server, self.role) = (server, role)
        try connect()
    }

    deinit {
        close()
    }

    func close() {
        PQfinish(handle)
        handle = nil
    }

    func prepare(_ sql: String, named name: String) throws(SQLError) -> any Statement {
        statementCount += 1
        return PostgresStatement(sql, named: name, number: statementCount, on: self)
    }

    /// Whether the connection is lost, or the server said that it is of no use any more.
    var isLost: Bool { isDoomed || PQstatus(handle) != CONNECTION_OK }

    /// Whether a statement that failed may be run again: it was alone, and the connection was lost.
    var mayTryAgain: Bool { isLost && !isInTransaction }

    // MARK: - Connecting

    /// Makes the connection again if it is lost; does nothing otherwise.
    func connect() throws(SQLError) {
        guard handle == nil || isLost else { return }
        guard !isInTransaction else { throw lost("the connection was lost in a transaction") }
        if let nextTry, ContinuousClock.now < nextTry { throw lost("it could not be reached a moment ago") }
        close()
        isDoomed = false
        pipeline = Pipeline()
        handle = server.connect()
        do throws(SQLError) {
            guard PQstatus(handle) == CONNECTION_OK else { throw lost(failureText) }
            try query(role.settings, doing: "setting up a connection")
            try takeDatabase()
            nextTry = nil
            connectionNumber += 1
        } catch {
            isDoomed = true
            nextTry = ContinuousClock.now + Self.pauseAfterFailure
            throw error
        }
    }

    /// After an error in a pipeline nobody knows which of its statements were prepared: all are, once more.
    func forgetStatements() throws(SQLError) {
        try query("DEALLOCATE ALL", doing: "rolling back")
        connectionNumber += 1
    }

    /// So that many callers do not wait one after the other for a server that is away.
    private static let pauseAfterFailure = Duration.milliseconds(500)

    func lost(_ reason: String) -> SQLError { SQLError(state: nil, message: reason, doing: "connecting") }

    /// libpq's text of the last failure, in one line. It names hosts, but no password.
    var failureText: String {
        let text = handle.flatMap { PQerrorMessage($0) }.map { String(cString: $0) } ?? ""
        return text.split(whereSeparator: \.isNewline).joined(separator: "; ")
    }

    /// Gateways have the database together, a copy has it alone; each as long as its connection stands.
    private func takeDatabase() throws(SQLError) {
        let (function, others): (String, String)
        switch role {
        case .writer: (function, others) = ("pg_advisory_lock_shared", "its data is being copied: wait for the end")
        case .copier: (function, others) = ("pg_advisory_lock", "a gateway or another copy uses it: stop that first")
        default: return
        }
        do throws(SQLError) {
            // A process that has just ended has it until the server has seen that.
            try query(
                """
                SET lock_timeout = '2s';
                SELECT \(function)(\(Self.applicationID + 1), \(Self.place));
                \(role.settings)
                """, doing: "setting up a connection")
        } catch {
            guard error.kind == .busy else { throw error }
            throw SQLError(kind: .unavailable, message: others, doing: "opening the database")
        }
    }

    /// Says whose a lock is: "MM7g".
    static let applicationID = 1_296_906_087
    /// A number for the tables that the connection finds.
    static let place = "hashtext(current_database() || '.' || current_schema())"
}
