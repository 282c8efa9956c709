import SQLStore

/// The rows of the processes that run, each kept alive by its own.
enum ReplicaQuery: Int, Query {
    case others, join, ready, renew, rejoin, members, lanes, appChanges, tellDown, resign, leave, forget, forgetMarks
    case all

    /// How long a process counts as running without a renewal, by the database's clock.
    private static let life = "interval '\(Membership.lifeSeconds) seconds'"

    var sql: String {
        switch self {
        case .others:
            """
            SELECT count(*) FILTER (WHERE home <> :home),
                count(*) FILTER (WHERE home <> :home AND NOT is_ready OR home = :home AND boot <> :boot)
            FROM replica
            WHERE expires_at > clock_timestamp()
            """
        case .join:
            """
            INSERT INTO replica (id, home, boot, name, version, started_at, expires_at, is_ready)
            VALUES (:id, :home, :boot, :name, :version, clock_timestamp(), clock_timestamp() + \(Self.life), FALSE)
            ON CONFLICT (home) DO UPDATE
            SET id = excluded.id, boot = excluded.boot, name = excluded.name, version = excluded.version,
                started_at = excluded.started_at, expires_at = excluded.expires_at, is_ready = FALSE
            """
        case .ready:
            "UPDATE replica SET is_ready = TRUE WHERE id = :id AND NOT is_ready"
        // Too late is too late: another may have taken a duty meanwhile.
        case .renew:
            """
            UPDATE replica
            SET expires_at = clock_timestamp() + \(Self.life)
            WHERE id = :id AND expires_at > clock_timestamp()
            """
        // Under another identifier it has none of its duties any more. Where the row is another's, who has the same data
        // directory, it stays without any.
        case .rejoin:
            """
            INSERT INTO replica (id, home, boot, name, version, started_at, expires_at, is_ready)
            VALUES (
                :id, :home, :boot, :name, :version, clock_timestamp(), clock_timestamp() + \(Self.life), :is_ready)
            ON CONFLICT (home) DO UPDATE
            SET id = excluded.id, boot = excluded.boot, expires_at = excluded.expires_at, is_ready = excluded.is_ready
            WHERE replica.id = :former OR replica.expires_at < clock_timestamp()
            """
        case .all:
            """
            SELECT id, name, version, CAST(extract(epoch FROM started_at) * 1000 AS BIGINT),
                expires_at > clock_timestamp()
            FROM replica
            ORDER BY name, id
            """
        case .members:
            "SELECT id FROM replica WHERE expires_at > clock_timestamp() ORDER BY id"
        case .lanes:
            """
            SELECT duty.name, duty.owner, duty.is_down
            FROM duty
            JOIN replica ON replica.id = duty.owner
            WHERE replica.expires_at > clock_timestamp()
            """
        case .appChanges:
            "SELECT apps FROM queue_head WHERE id = 1"
        case .tellDown:
            "UPDATE duty SET is_down = :is_down WHERE name = :name AND owner = :owner"
        case .resign:
            "UPDATE duty SET owner = NULL WHERE owner = :id"
        case .leave:
            "DELETE FROM replica WHERE id = :id"
        case .forget:
            "DELETE FROM replica WHERE expires_at < clock_timestamp() - interval '1 day'"
        case .forgetMarks:
            """
            DELETE FROM commit_mark
            WHERE NOT EXISTS (SELECT 1 FROM replica WHERE replica.home = commit_mark.home) AND home <> :home
            """
        }
    }
}
