/// Lists of the messages of apps, newest first.
///
/// A list is found by what narrows it most: conversations, contacts, identities, or else apps. For each of these keys
/// the newest lines behind the list's position are looked at in the order of one index, up to a limit; all other
/// conditions choose among them. So the cost of a list depends on its limits, however many messages there are and
/// however few of them it has.
enum AppMessageListQuery: Int, Query {
    case inConversations, ofContacts, withIdentities, ofApps
    case endInConversations, endOfContacts, endWithIdentities, endOfApps
    case lastInConversations, lastOfContacts, lastWithIdentities, lastOfApps

    var sql: String { sql(in: .sqlite) }

    func sql(in dialect: Dialect) -> String {
        switch self {
        case .inConversations:
            Self.list(.conversations, "\(Self.wanted) AND \(Self.hasContact) AND \(Self.hasIdentity)", in: dialect)
        case .ofContacts: Self.list(.contacts, "\(Self.wanted) AND \(Self.hasIdentity)", in: dialect)
        case .withIdentities: Self.list(.identities, Self.wanted, in: dialect)
        case .ofApps: Self.list(.apps, Self.wanted, in: dialect)
        case .endInConversations: Self.end(.conversations)
        case .endOfContacts: Self.end(.contacts)
        case .endWithIdentities: Self.end(.identities)
        case .endOfApps: Self.end(.apps)
        case .lastInConversations: Self.last(.conversations)
        case .lastOfContacts: Self.last(.contacts)
        case .lastWithIdentities: Self.last(.identities)
        case .lastOfApps: Self.list(.apps, "\(Self.wanted) AND \(Self.isLast)", in: dialect)
        }
    }
}

// MARK: - What the statements are made of

extension AppMessageListQuery {
    /// What a list is found by.
    private struct Key {
        let index: String
        let condition: String
        /// The keys, in the rows of a table.
        var list = "each_text(:keys)"
        /// Columns of the index besides those of all.
        var others = ""

        static let conversations = Key(
            index: "app_message_in_conversation", condition: "seen.conversation = listed.value",
            others: ", seen.contact")
        static let contacts = Key(index: "app_message_of_contact", condition: "seen.contact = listed.value")
        static let identities = Key(
            index: "app_message_with", condition: "seen.project = :project AND seen.identity = listed.value")
        static let apps = Key(
            index: "app_message_of_app", condition: "seen.owner = listed.value", list: "each_integer(:keys)")

        /// The lines that are looked at for one key.
        var looked: String {
            """
            SELECT seen.id, seen.accepted_at, seen.project, seen.owner, seen.direction, seen.is_of_conversation,
                seen.channel, seen.identity, seen.kept_until\(others)
            FROM app_message AS seen INDEXED BY \(index)
            WHERE \(condition) AND seen.accepted_at >= :from
                AND (seen.accepted_at, seen.id) < (:before, :before_id)
            ORDER BY seen.accepted_at DESC, seen.id DESC
            """
        }
    }

    private static func list(_ key: Key, _ condition: String, in dialect: Dialect) -> String {
        """
        SELECT \(AppMessageColumn.list)
        FROM app_message
        CROSS JOIN owner ON owner.id = app_message.owner
        WHERE app_message.id IN (
            SELECT found.id
            FROM \(key.list) AS listed
            \(found(by: key, condition, in: dialect)))
        ORDER BY app_message.accepted_at DESC, app_message.id DESC
        LIMIT :limit
        """
    }

    /// The lines for each key. SQLite knows no LATERAL, so it reaches them by their ids; PostgreSQL would look for them
    /// anew beside every line of the table.
    private static func found(by key: Key, _ condition: String, in dialect: Dialect) -> String {
        let lines = """
            SELECT seen.id
                FROM (\(key.looked) LIMIT :looks) AS seen
                WHERE \(condition)
            """
        return switch dialect {
        case .sqlite: "CROSS JOIN app_message AS found ON found.id IN (\(lines) LIMIT :limit)"
        case .postgres:
            """
            JOIN LATERAL (\(lines) ORDER BY seen.accepted_at DESC, seen.id DESC LIMIT :limit) AS found ON TRUE
            """
        }
    }

    /// The newest line at which the looks for a key were used up: what is behind it has to be looked at anew.
    private static func end(_ key: Key) -> String {
        """
        SELECT app_message.accepted_at, app_message.id
        FROM \(key.list) AS listed
        CROSS JOIN app_message ON app_message.id = (
            SELECT seen.id
            FROM (\(key.looked) LIMIT 1 OFFSET CAST(:looks AS BIGINT) - 1) AS seen)
        ORDER BY app_message.accepted_at DESC, app_message.id DESC
        LIMIT 1
        """
    }

    /// The newest message of each key, as far as it is behind the list's position.
    private static func last(_ key: Key) -> String {
        """
        SELECT \(AppMessageColumn.list)
        FROM \(key.list) AS listed
        CROSS JOIN app_message ON app_message.id = (
            SELECT seen.id
            FROM (\(key.looked) LIMIT :looks) AS seen
            WHERE \(wanted)
            LIMIT 1)
        CROSS JOIN owner ON owner.id = app_message.owner
        WHERE (app_message.accepted_at, app_message.id) < (:behind, :behind_id)
        ORDER BY app_message.accepted_at DESC, app_message.id DESC
        LIMIT :limit
        """
    }

    private static let wanted = wanted("seen")

    private static func wanted(_ line: String) -> String {
        """
        \(line).project = :project
            AND (CAST(:owner AS BIGINT) IS NULL OR \(line).owner = :owner)
            AND (CAST(:direction AS BIGINT) IS NULL OR \(line).direction = :direction)
            AND (CAST(:is_of_conversation AS BOOLEAN) IS NULL OR \(line).is_of_conversation = :is_of_conversation)
            AND (CAST(:channel AS TEXT) IS NULL OR \(line).channel = :channel)
            AND (\(line).kept_until IS NULL OR \(line).kept_until > :now)
            AND (NOT :is_of_senders_only OR EXISTS (
                SELECT 1
                FROM app_message AS heard INDEXED BY app_message_received
                WHERE heard.owner = \(line).owner AND heard.identity = \(line).identity
                    AND heard.channel = \(line).channel AND heard.direction = 1))
        """
    }

    private static let hasContact =
        "(CAST(:contacts AS TEXT) IS NULL OR seen.contact IN (SELECT value FROM each_text(:contacts)))"

    private static let hasIdentity =
        "(CAST(:identities AS TEXT) IS NULL OR seen.identity IN (SELECT value FROM each_text(:identities)))"

    /// Whether nothing newer with its identity is wanted.
    private static let isLast = """
        NOT EXISTS (
            SELECT 1
            FROM app_message AS newer INDEXED BY app_message_with
            WHERE newer.project = seen.project AND newer.identity = seen.identity
                AND newer.accepted_at < :until
                AND (newer.accepted_at, newer.id) > (seen.accepted_at, seen.id)
                AND \(wanted("newer")))
        """
}
