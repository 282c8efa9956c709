extension V002 {
    /// Contacts of projects.
    static let contacts = """
        CREATE TABLE contact (
            id TEXT NOT NULL PRIMARY KEY,
            project INTEGER NOT NULL REFERENCES owner (id),
            -- All of them in their order; the rows of contact_identity find the contact by each.
            identities TEXT NOT NULL,
            external_id TEXT,
            text TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 0)
        ) STRICT;

        CREATE INDEX contact_listed ON contact (project, id);
        CREATE INDEX contact_external ON contact (project, external_id, id) WHERE external_id IS NOT NULL;

        CREATE TABLE contact_identity (
            project INTEGER NOT NULL REFERENCES owner (id),
            identity TEXT NOT NULL,
            channel TEXT NOT NULL,
            contact TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
            -- Whether another contact has the same identity on another channel.
            is_shared INTEGER NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1)),
            PRIMARY KEY (project, identity, channel)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX contact_identity_of ON contact_identity (contact);
        CREATE INDEX contact_identity_shared ON contact_identity (project, identity) WHERE is_shared;

        -- Contacts that became another by a merge, as long as messages in lists are still to be given to that one.
        CREATE TABLE contact_move (
            other TEXT NOT NULL PRIMARY KEY,
            contact TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX contact_move_to ON contact_move (contact);
        """
}
