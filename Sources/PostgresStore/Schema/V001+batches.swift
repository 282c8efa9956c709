extension V001 {
    /// Batches, and counts of them.
    static let batches = """
        -- What customers asked for. A row is written once and hardly ever changed.
        CREATE TABLE batch (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The order in which they came, for lists.
            rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
            owner BIGINT NOT NULL REFERENCES owner (id),
            originator TEXT COLLATE "C" NOT NULL,
            subject TEXT COLLATE "C",
            is_subject_template BOOLEAN NOT NULL,
            text TEXT COLLATE "C",
            -- A list of objects with a member url; empty for a text that travels alone.
            media TEXT COLLATE "C" NOT NULL,
            is_strict BOOLEAN NOT NULL,
            -- What the customer wants to be notified of, as bits.
            interest BIGINT NOT NULL,
            callback_url TEXT COLLATE "C",
            client_reference TEXT COLLATE "C",
            -- What the customer's API gives back, in a form of its own.
            echo TEXT COLLATE "C" NOT NULL,
            created_at BIGINT NOT NULL,
            modified_at BIGINT NOT NULL,
            send_at BIGINT,
            expire_at BIGINT NOT NULL,
            is_canceled BOOLEAN NOT NULL,
            revision BIGINT NOT NULL,
            recipients TEXT COLLATE "C" NOT NULL,
            parameters_bytes BIGINT NOT NULL,
            parameters TEXT COLLATE "C" NOT NULL
        ) WITH (\(isBusy));

        -- For lists, which are ordered by age and give the count of all entries.
        CREATE INDEX batch_listed ON batch (owner, created_at, rowid);
        CREATE INDEX batch_from ON batch (owner, originator, created_at, rowid);
        CREATE INDEX batch_referenced ON batch (owner, client_reference, created_at, rowid)
            WHERE client_reference IS NOT NULL;

        -- Which request a batch came from: an id, and a place in a trace where there is one, with blanks between.
        CREATE TABLE batch_trace (
            batch TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
            trace TEXT COLLATE "C" NOT NULL
        ) WITH (\(isBusy));

        -- Cancelled batches of which some messages are still to be withdrawn.
        CREATE TABLE withdrawal (
            batch TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
        );

        -- Batches that are being removed in several commits. Customers can no longer read them.
        CREATE TABLE removal (
            batch TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
        );

        -- The media of batches that have been fetched.
        CREATE TABLE batch_medium (
            batch TEXT COLLATE "C" NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            -- The index in batch.media.
            number BIGINT NOT NULL,
            hash TEXT COLLATE "C" NOT NULL,
            type TEXT COLLATE "C" NOT NULL,
            bytes BIGINT NOT NULL,
            -- The media type that its server named.
            name TEXT COLLATE "C",
            PRIMARY KEY (batch, number)
        ) WITH (\(isBusy));

        -- For the sweep of the media folder. Not for open batches only: every message that ends would then write to it.
        CREATE INDEX batch_medium_hash ON batch_medium (hash);
        """
}
