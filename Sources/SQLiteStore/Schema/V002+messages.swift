extension V002 {
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
}
