extension V001 {
    /// Batches of apps.
    static let appBatches = """
        -- Batches of apps as they were asked for, until their recipients have become messages, and what became of them.
        CREATE TABLE app_batch (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The app.
            owner BIGINT NOT NULL REFERENCES owner (id),
            -- The project of the app.
            project BIGINT NOT NULL REFERENCES owner (id),
            created_at BIGINT NOT NULL,
            send_after BIGINT NOT NULL,
            is_later BOOLEAN NOT NULL,
            recipient_count BIGINT NOT NULL CHECK (recipient_count >= 0),
            phase TEXT COLLATE "C" NOT NULL
                CHECK (phase IN ('ready', 'scheduled', 'processed', 'cancelled', 'failed')),
            processed BIGINT NOT NULL CHECK (processed BETWEEN 0 AND recipient_count),
            metadata TEXT COLLATE "C" NOT NULL,
            -- The names and values that it is found by, in their order.
            keys TEXT COLLATE "C" NOT NULL,
            -- When recipients become messages; 0 for one that is ready, so that no clock that is set delays it. NULL:
            -- it has ended.
            due_at BIGINT,
            ended_at BIGINT,
            trace TEXT COLLATE "C",
            CHECK ((phase IN ('ready', 'scheduled')) = (due_at IS NOT NULL)),
            CHECK ((due_at IS NULL) = (ended_at IS NOT NULL))
        ) WITH (\(isUpdated));

        CREATE INDEX app_batch_due ON app_batch (owner, due_at, id) WHERE due_at IS NOT NULL;
        CREATE INDEX app_batch_next ON app_batch (due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX app_batch_ended ON app_batch (ended_at) WHERE ended_at IS NOT NULL;

        -- What was asked for, which may be megabytes; it is gone when the batch has ended.
        CREATE TABLE app_batch_request (
            batch TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES app_batch (id) ON DELETE CASCADE,
            request BYTEA NOT NULL
        );

        CREATE TABLE app_batch_key (
            project BIGINT NOT NULL REFERENCES owner (id),
            name TEXT COLLATE "C" NOT NULL,
            value TEXT COLLATE "C" NOT NULL,
            batch TEXT COLLATE "C" NOT NULL REFERENCES app_batch (id) ON DELETE CASCADE,
            PRIMARY KEY (project, name, value, batch)
        );

        CREATE INDEX app_batch_key_of ON app_batch_key (batch);
        """
}
