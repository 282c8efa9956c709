/// Statements for groups and their members.
enum GroupQuery: Int, Query {
    case insert, update, find, count, list, named, known, updatedBy, delete, setTags, members, addMembers,
        removeMembers, addMembersOf, removeMembersOf, clearMembers, addChild, removeChild, clearChildren, measure,
        expand, reached, nextMembers

    private static func find(in dialect: Dialect) -> String {
        """
        SELECT \(GroupColumn.list(in: dialect))
        FROM contact_group
        JOIN owner ON owner.id = contact_group.owner
        WHERE contact_group.id = :id AND contact_group.owner = :owner
        """
    }

    private static func list(in dialect: Dialect) -> String {
        """
        SELECT \(GroupColumn.list(in: dialect))
        FROM contact_group
        JOIN owner ON owner.id = contact_group.owner
        WHERE contact_group.rowid IN (
            SELECT rowid
            FROM contact_group
            WHERE owner = :owner
            ORDER BY created_at DESC, rowid DESC
            LIMIT :limit OFFSET :offset)
        ORDER BY created_at DESC, contact_group.rowid DESC
        """
    }

    var sql: String {
        switch self {
        case .insert:
            """
            INSERT INTO contact_group (
                id, owner, name, size, auto_update, auto_update_to, tags, created_at, modified_at)
            VALUES (:id, :owner, :name, 0, :auto_update, :auto_update_to, :tags, :created_at, :modified_at)
            """
        case .update:
            """
            UPDATE contact_group
            SET name = :name, auto_update = :auto_update, auto_update_to = :auto_update_to, tags = :tags,
                modified_at = :modified_at
            WHERE id = :id
            """
        case .find:
            Self.find(in: .sqlite)
        case .count:
            "SELECT count(*) FROM contact_group WHERE owner = :owner"
        case .list:
            Self.list(in: .sqlite)
        case .named:
            "SELECT id FROM contact_group WHERE owner = :owner AND name = :name"
        case .known:
            """
            SELECT id
            FROM contact_group
            WHERE owner = :owner AND id IN (SELECT value FROM each_text(:ids))
            """
        // Groups that senders join or leave by words sent to a number. More groups than this would be a mistake.
        case .updatedBy:
            """
            SELECT id, auto_update
            FROM contact_group
            WHERE owner = :owner AND auto_update_to = :to
            LIMIT 100
            """
        case .delete:
            "DELETE FROM contact_group WHERE id = :id AND owner = :owner"
        case .setTags:
            "UPDATE contact_group SET tags = :tags WHERE id = :id AND owner = :owner"
        case .members:
            "SELECT number FROM group_member WHERE contact_group = :id ORDER BY number"
        case .addMembers:
            """
            INSERT INTO group_member (contact_group, number)
            SELECT CAST(:id AS TEXT), listed.value FROM each_text(:numbers) AS listed WHERE true
            ON CONFLICT DO NOTHING
            """
        case .removeMembers:
            """
            DELETE FROM group_member
            WHERE contact_group = :id AND number IN (SELECT value FROM each_text(:numbers))
            """
        case .addMembersOf:
            """
            INSERT INTO group_member (contact_group, number)
            SELECT CAST(:id AS TEXT), number FROM group_member WHERE contact_group = :other
            ON CONFLICT DO NOTHING
            """
        case .removeMembersOf:
            """
            DELETE FROM group_member
            WHERE contact_group = :id AND number IN (SELECT number FROM group_member WHERE contact_group = :other)
            """
        case .clearMembers:
            "DELETE FROM group_member WHERE contact_group = :id"
        case .addChild:
            """
            INSERT INTO group_child (parent, child, position)
            SELECT CAST(:id AS TEXT), CAST(:child AS TEXT), coalesce(max(position), 0) + 1
            FROM group_child
            WHERE parent = :id
            ON CONFLICT DO NOTHING
            """
        case .removeChild:
            "DELETE FROM group_child WHERE parent = :id AND child = :child"
        case .clearChildren:
            "DELETE FROM group_child WHERE parent = :id"
        case .measure:
            """
            UPDATE contact_group
            SET size = (SELECT count(*) FROM group_member WHERE contact_group = :id)
            WHERE id = :id
            RETURNING size
            """
        // Each number once, children followed to any depth; UNION ends the search where they form a circle.
        case .expand:
            """
            WITH RECURSIVE reached (id) AS (
                SELECT contact_group.id
                FROM each_text(:ids) AS listed
                JOIN contact_group ON contact_group.id = listed.value AND contact_group.owner = :owner
                UNION
                SELECT group_child.child
                FROM reached
                JOIN group_child ON group_child.parent = reached.id)
            SELECT DISTINCT group_member.number
            FROM reached
            JOIN group_member ON group_member.contact_group = reached.id
            ORDER BY group_member.number
            LIMIT :limit
            """
        // The groups that a batch is sent to, with their children, and how many numbers each has.
        case .reached:
            """
            WITH RECURSIVE reached (id) AS (
                SELECT contact_group.id
                FROM each_text(:ids) AS listed
                JOIN contact_group ON contact_group.id = listed.value AND contact_group.owner = :owner
                UNION
                SELECT group_child.child
                FROM reached
                JOIN group_child ON group_child.parent = reached.id)
            SELECT contact_group.id, contact_group.size
            FROM reached
            JOIN contact_group ON contact_group.id = reached.id
            ORDER BY contact_group.id
            """
        // The next numbers of a group, and whether each is a recipient of the batch already.
        case .nextMembers:
            """
            SELECT number, EXISTS (SELECT 1 FROM message WHERE message.batch = :batch AND message.recipient = number)
            FROM group_member
            WHERE contact_group = :id AND number > :after
            ORDER BY number
            LIMIT :limit
            """
        }
    }

    func sql(in dialect: Dialect) -> String {
        switch self {
        case .find: Self.find(in: dialect)
        case .list: Self.list(in: dialect)
        default: sql
        }
    }
}
