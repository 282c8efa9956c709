import SQLStore

/// What the processes tell each other of the queue, in their transactions.
enum TallyQuery: Int, Query {
    case head, changes, setHead, setCount, emptyAll, countApps

    var sql: String {
        switch self {
        case .head:
            "SELECT version, last_position FROM queue_head WHERE id = 1"
        case .changes:
            "SELECT owner, waiting, recipients FROM queue_tally WHERE version > :version"
        case .setHead:
            "UPDATE queue_head SET version = :version, last_position = :position WHERE id = 1"
        case .setCount:
            """
            INSERT INTO queue_tally (owner, waiting, recipients, version)
            VALUES (:owner, :waiting, :recipients, :version)
            ON CONFLICT (owner) DO UPDATE
            SET waiting = excluded.waiting, recipients = excluded.recipients, version = excluded.version
            """
        case .emptyAll:
            "UPDATE queue_tally SET waiting = 0, recipients = 0, version = :version WHERE owner >= 0"
        case .countApps:
            "UPDATE queue_head SET apps = apps + 1 WHERE id = 1"
        }
    }
}
