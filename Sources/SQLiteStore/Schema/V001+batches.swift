extension V001 {
    /// Batches, the progress of each, and counts of them.
    static let batches = """
        -- What the customer asked for; written once, hardly ever changed.
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
            -- Last, for they may be megabytes: what stands behind them could be read through all of them only.
            parameters_bytes INTEGER NOT NULL,
            parameters TEXT NOT NULL
        ) STRICT;

        -- For lists, which are by age and counted to the last entry.
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

        -- How far it has come. Apart from the batch because it changes with every message that ends, and a row is
        -- always written whole.
        CREATE TABLE batch_progress (
            batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
            owner INTEGER NOT NULL REFERENCES owner (id),
            interest INTEGER NOT NULL,
            -- The time that the customer chose; NULL: at once.
            begins_at INTEGER,
            open_count INTEGER NOT NULL CHECK (open_count >= 0),
            -- Where its events are sent, where the batch says so: the server of its own callback address; else empty.
            target TEXT NOT NULL,
            -- A copy of the batch's own when it was written: a change of the echo alone does not count. So with the
            -- next.
            revision INTEGER NOT NULL,
            is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
            -- Whether the members of its groups are still to become messages.
            is_unexpanded INTEGER NOT NULL CHECK (is_unexpanded IN (0, 1)),
            -- Whether every recipient gets the same, so that one SubmitReq may carry several.
            is_uniform INTEGER NOT NULL CHECK (is_uniform IN (0, 1)),
            -- Of the media, and those that are here: the first ones.
            media_count INTEGER NOT NULL,
            media_fetched INTEGER NOT NULL CHECK (media_fetched BETWEEN 0 AND media_count),
            -- Scheme, host and port that the next comes from, or the last; empty for texts that travel alone.
            media_server TEXT NOT NULL,
            media_due_at INTEGER,
            media_tries INTEGER NOT NULL CHECK (media_tries >= 0),
            -- When the pause began that media_due_at ends.
            media_tried_at INTEGER,
            -- What came of the last try, in a sentence of ours; and in libcurl's words where it is about them.
            media_reason TEXT,
            media_words TEXT,
            -- With the media here and a time for it too, some of many messages are not due yet.
            CHECK (media_due_at IS NULL OR open_count > 0 OR is_unexpanded)
        ) STRICT, WITHOUT ROWID;

        -- Batches that were cancelled and of which a part of many messages is still to be withdrawn.
        CREATE TABLE withdrawal (
            batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX batch_progress_media_due ON batch_progress (owner, media_server, media_due_at)
            WHERE media_due_at IS NOT NULL;
        -- The media of a batch that are here.
        CREATE TABLE batch_medium (
            batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            -- The index in batch.media.
            number INTEGER NOT NULL,
            hash TEXT NOT NULL,
            type TEXT NOT NULL,
            bytes INTEGER NOT NULL,
            -- What its server called it.
            name TEXT,
            PRIMARY KEY (batch, number)
        ) STRICT, WITHOUT ROWID;

        -- For the sweep of the media folder. Not for open batches alone: then every message that ends would write it.
        CREATE INDEX batch_medium_hash ON batch_medium (hash);
        """
}
