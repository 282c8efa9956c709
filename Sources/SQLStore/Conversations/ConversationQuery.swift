/// Statements for single conversations.
enum ConversationQuery: Int, Query {
    case insert, update, find, active, delete, move, dropMessages

    var sql: String {
        switch self {
        case .insert:
            """
            INSERT INTO conversation (
                id, owner, project, contact, is_active, channel, last_received, last_used, text, revision)
            VALUES (
                :id, :owner, :project, :contact, :is_active, :channel, :last_received, :last_used, :text, :revision)
            """
        case .update:
            """
            UPDATE conversation
            SET is_active = :is_active, channel = :channel, last_received = :last_received, last_used = :last_used,
                text = :text, revision = :revision
            WHERE id = :id
            """
        case .find:
            """
            SELECT \(ConversationColumn.list)
            FROM conversation
            JOIN owner ON owner.id = conversation.owner
            WHERE conversation.id = :id AND conversation.project = :project
            """
        case .active:
            """
            SELECT \(ConversationColumn.list)
            FROM conversation
            JOIN owner ON owner.id = conversation.owner
            WHERE conversation.owner = :owner AND conversation.contact = :contact AND conversation.is_active
            """
        case .delete:
            "DELETE FROM conversation WHERE id = :id"
        // Where both contacts have an active conversation with an app, that of the first ends.
        case .move:
            """
            UPDATE conversation
            SET contact = :contact, revision = revision + 1,
                is_active = is_active AND NOT EXISTS (
                    SELECT 1
                    FROM conversation AS kept
                    WHERE kept.owner = conversation.owner AND kept.contact = :contact AND kept.is_active)
            WHERE contact = :other
            """
        case .dropMessages:
            """
            DELETE FROM app_message
            WHERE id IN (SELECT id FROM app_message WHERE conversation = :id LIMIT :limit)
            """
        }
    }
}
