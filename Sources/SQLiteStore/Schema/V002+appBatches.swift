extension V002 {
    /// Batches of apps.
    static let appBatches = """
        -- Batches of apps as they were asked for, until their recipients have become messages, and what became of them.
        CREATE TABLE app_batch (
            id TEXT NOT NULL PRIMARY KEY,
            -- The app.
            owner INTEGER NOT NULL REFERENCES owner (id),
            -- The project of the app.
            project INTEGER NOT NULL REFERENCES owner (id),
            created_at INTEGER NOT NULL,
            send_after INTEGER NOT NULL,
            is_later INTEGER NOT NULL CHECK (is_later IN (0, 1)),
            recipient_count INTEGER NOT NULL CHECK (recipient_count >= 0),
            phase TEXT NOT NULL CHECK (phase IN ('ready', 'scheduled', 'processed', 'cancelled', 'failed')),
            processed INTEGER NOT NULL CHECK (processed BETWEEN 0 AND recipient_count),
            metadata TEXT NOT NULL,
            -- The names and values that it is found by, in their order.
            keys TEXT NOT NULL,
            -- When recipients become messages; 0 for one that is ready, so that no clock that is set delays it. NULL: it
            -- has ended.
            due_at INTEGER,
            ended_at INTEGER,
            CHECK ((phase IN ('ready', 'scheduled')) = (due_at IS NOT NULL)),
            CHECK ((due_at IS NULL) = (ended_at IS NOT NULL))
        ) STRICT;

        CREATE INDEX app_batch_due ON app_batch (owner, due_at, id) WHERE due_at IS NOT NULL;
        CREATE INDEX app_batch_next ON app_batch (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX app_batch_ended ON app_batch (ended_at) WHERE ended_at IS NOT NULL;

        -- What was asked for, which may be megabytes; it is gone when the batch has ended.
        CREATE TABLE app_batch_request (
            batch TEXT NOT NULL PRIMARY KEY REFERENCES app_batch (id) ON DELETE CASCADE,
            request BLOB NOT NULL
        ) STRICT;

        CREATE TABLE app_batch_key (
            project INTEGER NOT NULL REFERENCES owner (id),
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            batch TEXT NOT NULL REFERENCES app_batch (id) ON DELETE CASCADE,
            PRIMARY KEY (project, name, value, batch)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX app_batch_key_of ON app_batch_key (batch);
        """
}
