extension V001 {
    /// What customers are notified of, and where.
    static let events = """
        -- What customers are notified of, each message as it was then. An event is written in the commit that makes it true
        -- and never changed after that. Identifiers are never given twice.
        CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            batch TEXT REFERENCES batch (id) ON DELETE CASCADE,
            inbound TEXT REFERENCES inbound (id) ON DELETE CASCADE,
            owner INTEGER NOT NULL REFERENCES owner (id),
            created_at INTEGER NOT NULL,
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
            CHECK (batch IS NULL OR inbound IS NULL),
            CHECK (message IS NULL OR batch IS NOT NULL),
            CHECK ((message IS NULL) = (state IS NULL))
        ) STRICT;

        -- With the message, because the events of one message are sent one after the other.
        CREATE INDEX event_in_batch ON event (batch, message) WHERE batch IS NOT NULL;
        CREATE INDEX event_of_inbound ON event (inbound) WHERE inbound IS NOT NULL;

        -- An event on its way to one target. The row is short, because each retry writes it again.
        CREATE TABLE call (
            event INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
            target TEXT NOT NULL,
            -- A copy of the event's column.
            owner INTEGER NOT NULL,
            -- NULL: it has ended; or, never tried, it waits for an earlier call of its message to the target.
            due_at INTEGER,
            -- The beginning of the pause that due_at ends; NULL where due_at is the event's time or the end of a lease.
            paused_at INTEGER,
            tries INTEGER NOT NULL CHECK (tries >= 0),
            first_tried_at INTEGER,
            heard_at INTEGER,
            reason TEXT,
            PRIMARY KEY (event, target),
            CHECK (due_at IS NULL OR heard_at IS NULL),
            CHECK ((first_tried_at IS NULL) = (tries = 0))
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX call_due ON call (owner, target, due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX call_held ON call (event, due_at, tries) WHERE due_at IS NULL AND tries = 0;
        CREATE INDEX call_given_up ON call (owner, due_at, heard_at, tries)
            WHERE due_at IS NULL AND heard_at IS NULL AND tries > 0;
        """
}
