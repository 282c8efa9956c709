import GatewayCore

/// Statements for the messages of apps and what they offer; lists are in `AppMessageListQuery`.
enum AppMessageQuery: Int, Query {
    case insert, find, drop, dropAged, insertOffer, offers, dropOffers, setEcho, apps

    var sql: String {
        switch self {
        case .insert:
            "INSERT INTO app_message \(AppMessageEntry.columns.values)"
        case .find:
            """
            SELECT \(AppMessageColumn.list)
            FROM app_message
            JOIN owner ON owner.id = app_message.owner
            WHERE app_message.id = :id AND app_message.project = :project
                AND (app_message.kept_until IS NULL OR app_message.kept_until > :now)
            """
        case .drop:
            "DELETE FROM app_message WHERE id = :id AND project = :project"
        case .dropAged:
            """
            DELETE FROM app_message
            WHERE id IN (
                SELECT id
                FROM app_message
                WHERE kept_until <= :now
                ORDER BY kept_until
                LIMIT :limit)
            """
        case .insertOffer:
            """
            INSERT INTO app_offer (owner, sender, recipient, offered_at, batch)
            VALUES (:owner, :sender, :recipient, :offered_at, :batch)
            """
        case .offers:
            """
            SELECT message.id, \(BatchColumn.list(with: [.parameters: "NULL", .trace: "NULL"]))
            FROM app_offer
            CROSS JOIN message ON message.batch = app_offer.batch
            CROSS JOIN batch ON batch.id = app_offer.batch
            CROSS JOIN owner ON owner.id = batch.owner
            WHERE app_offer.owner = :owner AND app_offer.sender = :sender AND app_offer.recipient = :recipient
                AND app_offer.offered_at >= :since
            ORDER BY app_offer.offered_at DESC, app_offer.batch DESC
            LIMIT :limit
            """
        case .dropOffers:
            """
            DELETE FROM app_offer
            WHERE (owner, sender, recipient, offered_at, batch) IN (
                SELECT owner, sender, recipient, offered_at, batch
                FROM app_offer INDEXED BY app_offer_age
                WHERE offered_at < :before
                ORDER BY offered_at
                LIMIT :limit)
            """
        case .setEcho:
            """
            UPDATE inbound
            SET echo = :echo
            WHERE id = :id AND echo = :old AND owner = :owner
            """
        // The apps of a project, which have its name with a slash behind it at the beginning of theirs; 0 follows the
        // slash.
        case .apps:
            """
            SELECT id
            FROM owner
            WHERE kind = 'app' AND name > :project || '/' AND name < :project || '0'
            """
        }
    }
}
