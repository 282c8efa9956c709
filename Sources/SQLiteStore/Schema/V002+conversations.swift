extension V002 {
    /// Conversations of apps with contacts.
    static let conversations = """
        CREATE TABLE conversation (
            id TEXT NOT NULL PRIMARY KEY,
            -- The app.
            owner INTEGER NOT NULL REFERENCES owner (id),
            -- The project of the app.
            project INTEGER NOT NULL REFERENCES owner (id),
            contact TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
            is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
            channel TEXT NOT NULL,
            last_received INTEGER,
            last_used INTEGER NOT NULL,
            text TEXT NOT NULL,
            revision INTEGER NOT NULL CHECK (revision >= 0)
        ) STRICT;

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
