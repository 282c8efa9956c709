import CPostgres
import SQLStore

extension SQLError {
    /// - Parameters:
    ///   - state: the SQLSTATE; nil where the connection failed.
    ///   - message: the server's first line. Its details, which may have values of rows, are left out.
    init(state: String?, message: String, doing: String) {
        self.init(
            kind: Self.kind(of: state), code: state.map { "PostgreSQL \($0)" } ?? "PostgreSQL", message: message,
            doing: doing)
    }

    /// What follows from a state. (PostgreSQL's documentation, appendix A)
    private static func kind(of state: String?) -> Kind {
        guard let state else { return .unavailable }
        switch state {
        // disk_full; lock_not_available and deadlocks.
        case "53100": return .full
        case "55P03", "40001", "40P01": return .busy
        // read_only_sql_transaction: what was the primary is a standby now. idle_in_transaction_session_timeout.
        case "25006", "25P03", "57014": return .unavailable
        default: break
        }
        // Connections, authorization, resources, the operator's intervention, and the machine's faults.
        return ["08", "28", "53", "57", "58", "3D"].contains(String(state.prefix(2))) ? .unavailable : .broken
    }
}

extension SQLError {
    /// The error of a start, with the server that it is about.
    func about(_ server: PostgresServer) -> SQLError {
        SQLError(
            kind: kind, code: code, message: "the database \(server.name) cannot be used: \(message)", doing: doing)
    }
}
