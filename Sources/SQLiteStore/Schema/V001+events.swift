extension V001 {
    /// What webhooks tell.
    static let events = """
        -- What webhooks tell, each with the message as it was then. Identifiers are never given twice.
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            batch TEXT REFERENCES batch (id) ON DELETE CASCADE,
            inbound TEXT REFERENCES inbound (id) ON DELETE CASCADE,
            owner INTEGER NOT NULL REFERENCES owner (id),
            receiver TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            -- NULL: it was heard or dropped; or, where it was never tried, one of its message goes before it.
            due_at INTEGER,
            tries INTEGER NOT NULL,
            -- When the pause began that due_at ends; NULL: due_at is when it happened, or ends the lease of a claim.
            paused_at INTEGER,
            heard_at INTEGER,
            last_reason TEXT,
            message TEXT,
            recipient TEXT,
            carriers TEXT,
            state TEXT,
            failure TEXT,
            message_id TEXT,
            changed_at INTEGER,
            attempts INTEGER,
            network_time INTEGER,
            status_text TEXT,
            CHECK (due_at IS NULL OR heard_at IS NULL),
            CHECK (due_at IS NOT NULL OR tries > 0 OR message IS NOT NULL),
            CHECK ((batch IS NULL) <> (inbound IS NULL)),
            CHECK (message IS NULL OR batch IS NOT NULL),
            CHECK ((message IS NULL) = (state IS NULL))
        ) STRICT;

        CREATE INDEX event_due ON event (owner, receiver, due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX event_ahead ON event (message) WHERE message IS NOT NULL AND due_at IS NOT NULL;
        CREATE INDEX event_held ON event (message) WHERE message IS NOT NULL AND due_at IS NULL AND tries = 0;
        CREATE INDEX event_given_up ON event (owner, due_at, heard_at, tries)
            WHERE due_at IS NULL AND heard_at IS NULL AND tries > 0;
        CREATE INDEX event_in_batch ON event (batch) WHERE batch IS NOT NULL;
        CREATE INDEX event_of_inbound ON event (inbound) WHERE inbound IS NOT NULL;
        """
}
