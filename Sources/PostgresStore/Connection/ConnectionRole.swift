/// What a connection is for, with the settings of its session.
enum ConnectionRole: Sendable {
    /// The gateway's own.
    case writer
    /// Copies all that there is, and has the database alone.
    case copier
    /// Writes a little beside the gateway, for a command.
    case visitor
    /// Media and keys, beside the gateway's transactions: each statement is one of its own.
    case media
    case reader
    /// Keeps the process's row among the others alive.
    case lease
    /// Tells other processes what is due, and hears it.
    case bell

    /// How long to wait for the answer to a statement. The server's own time-outs are shorter, so that it is the server
    /// that gives up while it can.
    var patience: Duration {
        switch self {
        case .lease, .bell: .seconds(4)
        default: .seconds(20)
        }
    }

    var settings: String {
        // Every statement has an index, which the server takes however few rows it believes to be there.
        let common = """
            SET client_min_messages = warning;
            SET jit = off;
            SET enable_seqscan = off;
            SET enable_bitmapscan = off;
            SET enable_mergejoin = off;
            SET max_parallel_workers_per_gather = 0;
            SET random_page_cost = 1.1;
            SET idle_in_transaction_session_timeout = '5s';
            SET statement_timeout = '15s';
            """
        switch self {
        // Planned once for all values.
        case .writer, .copier, .visitor, .media:
            return common + "SET lock_timeout = '5s'; SET plan_cache_mode = force_generic_plan;"
        // An answer that comes later is of no use.
        case .lease: return common + "SET lock_timeout = '3s'; SET statement_timeout = '3s';"
        case .bell: return common + "SET statement_timeout = '3s'; SET synchronous_commit = off;"
        case .reader: return common + "SET default_transaction_read_only = on;"
        }
    }
}
