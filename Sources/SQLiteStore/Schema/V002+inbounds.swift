extension V002 {
    /// What a customer's API makes of inbound messages.
    static let inbounds = """
        -- What the customer's API gives back, in a form of its own.
        ALTER TABLE inbound ADD COLUMN echo TEXT NOT NULL DEFAULT '';
        -- Whether the customer's API is still to read it; its event follows that.
        ALTER TABLE inbound ADD COLUMN is_unread INTEGER NOT NULL DEFAULT 0 CHECK (is_unread IN (0, 1));

        CREATE INDEX inbound_unread ON inbound (owner, received_at, id) WHERE is_unread;

        -- Apps have not been notified of what came before.
        UPDATE inbound
        SET is_unread = 1
        WHERE owner IN (SELECT id FROM owner WHERE kind = 'app')
            AND NOT EXISTS (SELECT 1 FROM event WHERE event.inbound = inbound.id);
        """
}
