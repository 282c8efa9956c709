extension Migration {
    /// What the Conversation API needs: apps with their messages, events of its own, and what it makes of inbound
    /// messages. Each noun has its part in a file of its own.
    static let apps = Migration(
        number: 2,
        script: [
            V002.messages, V002.events, V002.inbounds, V002.appMessages, V002.apps, V002.contacts, V002.conversations,
            V002.appBatches,
        ].joined(separator: "\n\n"))
}

/// The changes and tables of the second schema.
enum V002 {
    /// Urgent messages, and how many messages of each customer wait.
    static let messages = """
        -- Whether it goes before all others of its customer.
        ALTER TABLE message ADD COLUMN is_urgent INTEGER NOT NULL DEFAULT 0 CHECK (is_urgent IN (0, 1));

        DROP INDEX message_ready;
        CREATE INDEX message_ready ON message (carriers, owner, is_urgent, magnitude, position)
            WHERE position IS NOT NULL;

        -- With the owner, whose waiting messages are counted at each start.
        DROP INDEX message_unsettled;
        CREATE INDEX message_unsettled ON message (expire_at, id, state, carriers, owner)
            WHERE state IN ('queued', 'in_doubt');
        """

    /// What a customer's API notifies of in words of its own.
    static let events = """
        -- The API's name for what happened, and what happened in a form of its own.
        ALTER TABLE event ADD COLUMN notice TEXT CHECK (notice IS NULL OR (batch IS NULL AND inbound IS NULL));
        ALTER TABLE event ADD COLUMN notice_text TEXT CHECK ((notice IS NULL) = (notice_text IS NULL));
        -- Where calls about it go; NULL for the customer's own webhooks.
        ALTER TABLE event ADD COLUMN notice_callback_url TEXT CHECK (notice_callback_url IS NULL OR notice IS NOT NULL);
        """
}
