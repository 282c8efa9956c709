extension V001 {
    /// Conversations of apps with contacts.
    static let conversations = """
        CREATE TABLE conversation (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The app.
            owner BIGINT NOT NULL REFERENCES owner (id),
            -- The project of the app.
            project BIGINT NOT NULL REFERENCES owner (id),
            contact TEXT COLLATE "C" NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
            is_active BOOLEAN NOT NULL,
            channel TEXT COLLATE "C" NOT NULL,
            last_received BIGINT,
            last_used BIGINT NOT NULL,
            text TEXT COLLATE "C" NOT NULL,
            revision BIGINT NOT NULL CHECK (revision >= 0)
        ) WITH (\(isUpdated));

        CREATE UNIQUE INDEX conversation_active ON conversation (owner, contact) WHERE is_active;
        CREATE INDEX conversation_in_project ON conversation (project, id);
        CREATE INDEX conversation_of_app ON conversation (owner, id);
        CREATE INDEX conversation_active_of_app ON conversation (owner, id) WHERE is_active;
        CREATE INDEX conversation_with ON conversation (contact, id);
        CREATE INDEX conversation_used ON conversation (project, last_used, id);
        CREATE INDEX conversation_used_of_app ON conversation (owner, last_used, id);
        CREATE INDEX conversation_active_used ON conversation (owner, last_used, id) WHERE is_active;
        """
}
