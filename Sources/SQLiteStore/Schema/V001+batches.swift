extension V001 {
    /// Batches, the progress of each, and counts of them.
    static let batches = """
        -- What customers asked for. A row is written once and hardly ever changed.
        CREATE TABLE batch (
            id TEXT NOT NULL PRIMARY KEY,
            owner INTEGER NOT NULL REFERENCES owner (id),
            originator TEXT NOT NULL,
            subject TEXT,
            is_subject_template INTEGER NOT NULL CHECK (is_subject_template IN (0, 1)),
            text TEXT,
            -- A list of objects with a member url; empty for a text that travels alone.
            media TEXT NOT NULL,
            is_strict INTEGER NOT NULL CHECK (is_strict IN (0, 1)),
            -- What the customer wants to be notified of, as bits.
            interest INTEGER NOT NULL,
            callback_url TEXT,
            client_reference TEXT,
            -- What the customer's API gives back, in a form of its own.
            echo TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            modified_at INTEGER NOT NULL,
            send_at INTEGER,
            expire_at INTEGER NOT NULL,
            is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
            revision INTEGER NOT NULL,
            recipients TEXT NOT NULL,
            -- The last column, since it may be megabytes long: SQLite reads all of it on the way to a later column.
            parameters_bytes INTEGER NOT NULL,
            parameters TEXT NOT NULL
        ) STRICT;

        -- For lists, which are ordered by age and give the count of all entries.
        CREATE INDEX batch_listed ON batch (owner, created_at);
        CREATE INDEX batch_from ON batch (owner, originator, created_at);
        CREATE INDEX batch_referenced ON batch (owner, client_reference, created_at)
            WHERE client_reference IS NOT NULL;

        -- How many batches each minute has: a list of a million is counted and paged by these. The triggers keep it
        -- true whatever statement touches a batch.
        CREATE TABLE batch_count (
            owner INTEGER NOT NULL,
            minute INTEGER NOT NULL,
            originator TEXT NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (owner, minute, originator)
        ) STRICT, WITHOUT ROWID;

        CREATE TRIGGER batch_counted AFTER INSERT ON batch BEGIN
            INSERT INTO batch_count (owner, minute, originator, count)
            VALUES (NEW.owner, NEW.created_at / 60000, NEW.originator, 1)
            ON CONFLICT (owner, minute, originator) DO UPDATE SET count = count + 1;
        END;

        CREATE TRIGGER batch_recounted AFTER UPDATE OF originator ON batch WHEN OLD.originator <> NEW.originator BEGIN
            UPDATE batch_count SET count = count - 1
            WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator;
            INSERT INTO batch_count (owner, minute, originator, count)
            VALUES (NEW.owner, NEW.created_at / 60000, NEW.originator, 1)
            ON CONFLICT (owner, minute, originator) DO UPDATE SET count = count + 1;
        END;

        CREATE TRIGGER batch_discounted AFTER DELETE ON batch BEGIN
            UPDATE batch_count SET count = count - 1
            WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator;
        END;

        -- How far each batch has come. A table of its own, because it changes with every message that ends, and a row
        -- is always written whole.
        CREATE TABLE batch_progress (
            batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
            owner INTEGER NOT NULL REFERENCES owner (id),
            interest INTEGER NOT NULL,
            -- The time that the customer chose; NULL: at once.
            begins_at INTEGER,
            open_count INTEGER NOT NULL CHECK (open_count >= 0),
            -- The server of the batch's own callback address, to which its events are sent; empty where it has none.
            target TEXT NOT NULL,
            -- Copies of the batch's columns. A change of the echo alone does not change this revision.
            revision INTEGER NOT NULL,
            is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
            -- Whether the members of its groups are still to become messages.
            is_unexpanded INTEGER NOT NULL CHECK (is_unexpanded IN (0, 1)),
            -- Whether every recipient gets the same, so that one SubmitReq may carry several.
            is_uniform INTEGER NOT NULL CHECK (is_uniform IN (0, 1)),
            -- How many media the batch has, and how many of them, from the first on, have been fetched.
            media_count INTEGER NOT NULL,
            media_fetched INTEGER NOT NULL CHECK (media_fetched BETWEEN 0 AND media_count),
            -- Scheme, host and port of the next medium, or of the last one; empty for a text that travels alone.
            media_server TEXT NOT NULL,
            media_due_at INTEGER,
            media_tries INTEGER NOT NULL CHECK (media_tries >= 0),
            -- When the pause began that media_due_at ends.
            media_tried_at INTEGER,
            -- Why the last try failed: in a sentence of the gateway, and in libcurl's words where there are any.
            media_reason TEXT,
            media_words TEXT,
            -- A time together with all media fetched means that some messages of a large batch are still to become due.
            CHECK (media_due_at IS NULL OR open_count > 0 OR is_unexpanded)
        ) STRICT, WITHOUT ROWID;

        -- Cancelled batches of which some messages are still to be withdrawn.
        CREATE TABLE withdrawal (
            batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX batch_progress_media_due ON batch_progress (owner, media_server, media_due_at)
            WHERE media_due_at IS NOT NULL;
        -- The media of batches that have been fetched.
        CREATE TABLE batch_medium (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            -- The index in batch.media.
            number INTEGER NOT NULL,
            hash TEXT NOT NULL,
            type TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            -- The media type that its server named.
            name TEXT,
            PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;

        -- For the sweep of the media folder. Not for open batches only: every message that ends would then write to it.
        CREATE INDEX batch_medium_hash ON batch_medium (hash);
        """
}
