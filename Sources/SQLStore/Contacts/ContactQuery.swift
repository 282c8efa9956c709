/// Statements for contacts and what they are found by.
enum ContactQuery: Int, Query {
    case insert, update, find, present, list, external, holder, conflicts, delete, addIdentity, removeIdentities,
        holders,
        share

    var sql: String {
        switch self {
        case .insert:
            """
            INSERT INTO contact (id, project, identities, external_id, text, revision)
            VALUES (:id, :project, :identities, :external_id, :text, :revision)
            """
        case .update:
            """
            UPDATE contact
            SET identities = :identities, external_id = :external_id, text = :text, revision = revision + 1
            WHERE id = :id
            """
        case .find:
            "SELECT \(ContactColumn.list) FROM contact WHERE id = :id AND project = :project"
        // What has to be known of a contact before it changes.
        case .present:
            "SELECT revision, identities FROM contact WHERE id = :id AND project = :project"
        case .list:
            """
            SELECT \(ContactColumn.list)
            FROM contact
            WHERE project = :project AND id > :after
            ORDER BY id
            LIMIT :limit
            """
        case .external:
            """
            SELECT \(ContactColumn.list)
            FROM contact
            WHERE project = :project AND external_id = :external_id AND id > :after
            ORDER BY id
            LIMIT :limit
            """
        case .holder:
            """
            SELECT contact
            FROM contact_identity
            WHERE project = :project AND identity = :identity AND channel = :channel
            """
        // Whole identities, each with a line for every channel.
        case .conflicts:
            """
            SELECT identity, channel, contact
            FROM contact_identity
            WHERE project = :project AND identity IN (
                SELECT DISTINCT identity
                FROM contact_identity INDEXED BY contact_identity_shared
                WHERE project = :project AND identity > :after AND is_shared
                ORDER BY identity
                LIMIT :limit)
            ORDER BY identity, channel
            """
        case .delete:
            "DELETE FROM contact WHERE id = :id"
        case .addIdentity:
            """
            INSERT INTO contact_identity (project, identity, channel, contact)
            VALUES (:project, :identity, :channel, :contact)
            """
        case .removeIdentities:
            "DELETE FROM contact_identity WHERE contact = :contact"
        case .holders:
            "SELECT DISTINCT contact FROM contact_identity WHERE project = :project AND identity = :identity LIMIT 2"
        // Says of each row of an identity whether several contacts have it.
        case .share:
            """
            UPDATE contact_identity
            SET is_shared = :is_shared
            WHERE project = :project AND identity = :identity AND is_shared <> :is_shared
            """
        }
    }
}
