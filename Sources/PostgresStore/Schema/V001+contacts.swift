extension V001 {
    /// Contacts of projects.
    static let contacts = """
        CREATE TABLE contact (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            project BIGINT NOT NULL REFERENCES owner (id),
            -- All of them in their order; the rows of contact_identity find the contact by each.
            identities TEXT COLLATE "C" NOT NULL,
            external_id TEXT COLLATE "C",
            text TEXT COLLATE "C" NOT NULL,
            revision BIGINT NOT NULL CHECK (revision >= 0)
        );

        CREATE INDEX contact_listed ON contact (project, id);
        CREATE INDEX contact_external ON contact (project, external_id, id) WHERE external_id IS NOT NULL;

        CREATE TABLE contact_identity (
            project BIGINT NOT NULL REFERENCES owner (id),
            identity TEXT COLLATE "C" NOT NULL,
            channel TEXT COLLATE "C" NOT NULL,
            contact TEXT COLLATE "C" NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
            -- Whether another contact has the same identity on another channel.
            is_shared BOOLEAN NOT NULL DEFAULT FALSE,
            PRIMARY KEY (project, identity, channel)
        );

        CREATE INDEX contact_identity_of ON contact_identity (contact);
        CREATE INDEX contact_identity_shared ON contact_identity (project, identity) WHERE is_shared;

        -- Contacts that became another by a merge, as long as messages in lists are still to be given to that one.
        CREATE TABLE contact_move (
            other TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            contact TEXT COLLATE "C" NOT NULL
        );

        CREATE INDEX contact_move_to ON contact_move (contact);
        """
}
