import SQLStore

/// Who has which duty.
enum DutyQuery: Int, Query {
    case owner, isAlive, take

    var sql: String {
        switch self {
        case .owner:
            "SELECT owner FROM duty WHERE name = :name"
        // A renewal that is not committed yet is not seen. It comes too late then all the same: its process counts itself
        // as gone for two seconds by now.
        case .isAlive:
            "SELECT 1 FROM replica WHERE id = :id AND expires_at > clock_timestamp()"
        case .take:
            """
            INSERT INTO duty (name, owner, epoch, since, is_down)
            VALUES (:name, :owner, 1, clock_timestamp(), FALSE)
            ON CONFLICT (name) DO UPDATE
            SET owner = excluded.owner, epoch = duty.epoch + 1, since = excluded.since, is_down = FALSE
            """
        }
    }
}
