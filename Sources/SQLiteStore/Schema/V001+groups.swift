extension V001 {
    /// Groups of numbers.
    static let groups = """
        -- Numbers under one id. The size is kept, because a list shows the sizes of a hundred groups at once.
        CREATE TABLE contact_group (
            id TEXT NOT NULL PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES owner (id),
            name TEXT,
            size INTEGER NOT NULL CHECK (size >= 0),
            auto_update TEXT,
            auto_update_to TEXT,
            tags TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            modified_at INTEGER NOT NULL,
            CHECK ((auto_update IS NULL) = (auto_update_to IS NULL))
        ) STRICT;

        CREATE INDEX contact_group_listed ON contact_group (owner, created_at);
        CREATE UNIQUE INDEX contact_group_named ON contact_group (owner, name) WHERE name IS NOT NULL;
        CREATE INDEX contact_group_updated ON contact_group (owner, auto_update_to)
            WHERE auto_update_to IS NOT NULL;

        CREATE TABLE group_member (
            contact_group TEXT NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
            number TEXT NOT NULL,
            PRIMARY KEY (contact_group, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE group_child (
            parent TEXT NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
            child TEXT NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            PRIMARY KEY (parent, child)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX group_child_of ON group_child (child);
        """
}
