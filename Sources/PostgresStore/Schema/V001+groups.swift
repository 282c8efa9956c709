extension V001 {
    /// Groups of numbers.
    static let groups = """
        -- Numbers under one id. The size is kept, because a list shows the sizes of a hundred groups at once.
        CREATE TABLE contact_group (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The order in which they came, for lists.
            rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
            owner BIGINT NOT NULL REFERENCES owner (id),
            name TEXT COLLATE "C",
            size BIGINT NOT NULL CHECK (size >= 0),
            auto_update TEXT COLLATE "C",
            auto_update_to TEXT COLLATE "C",
            tags TEXT COLLATE "C" NOT NULL,
            created_at BIGINT NOT NULL,
            modified_at BIGINT NOT NULL,
            CHECK ((auto_update IS NULL) = (auto_update_to IS NULL))
        );

        CREATE INDEX contact_group_listed ON contact_group (owner, created_at, rowid);
        CREATE UNIQUE INDEX contact_group_named ON contact_group (owner, name) WHERE name IS NOT NULL;
        CREATE INDEX contact_group_updated ON contact_group (owner, auto_update_to)
            WHERE auto_update_to IS NOT NULL;

        CREATE TABLE group_member (
            contact_group TEXT COLLATE "C" NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
            number TEXT COLLATE "C" NOT NULL,
            PRIMARY KEY (contact_group, number)
        );

        CREATE TABLE group_child (
            parent TEXT COLLATE "C" NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
            child TEXT COLLATE "C" NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
            position BIGINT NOT NULL,
            PRIMARY KEY (parent, child)
        );

        CREATE INDEX group_child_of ON group_child (child);
        """
}
