/// What a connection is for, with the settings of its session.
enum ConnectionRole: Sendable {
    /// The gateway's own, which has the database.
    case writer
    /// Writes a little beside the gateway, for a command.
    case visitor
    case reader

    /// How long to wait for the answer to a statement. The server's own time-outs are shorter, so that it is the server
    /// that gives up while it can.
    var patience: Duration { .seconds(20) }

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
        case .writer, .visitor: return common + "SET lock_timeout = '5s'; SET plan_cache_mode = force_generic_plan;"
        case .reader: return common + "SET default_transaction_read_only = on;"
        }
    }
}
