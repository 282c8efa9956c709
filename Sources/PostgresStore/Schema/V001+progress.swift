extension V001 {
    /// How far batches have come.
    static let progress = """
        -- A table of its own, because it changes with every message that ends, and a row is always written whole.
        CREATE TABLE batch_progress (
            batch TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
            owner BIGINT NOT NULL REFERENCES owner (id),
            interest BIGINT NOT NULL,
            -- The time that the customer chose; NULL: at once.
            begins_at BIGINT,
            open_count BIGINT NOT NULL CHECK (open_count >= 0),
            -- The server of the batch's own callback address, to which its events are sent; empty where it has none.
            target TEXT COLLATE "C" NOT NULL,
            -- Copies of the batch's columns. A change of the echo alone does not change this revision.
            revision BIGINT NOT NULL,
            is_canceled BOOLEAN NOT NULL,
            -- Whether the members of its groups are still to become messages.
            is_unexpanded BOOLEAN NOT NULL,
            -- Whether every recipient gets the same, so that one SubmitReq may carry several.
            is_uniform BOOLEAN NOT NULL,
            -- How many media the batch has, and how many of them, from the first on, have been fetched.
            media_count BIGINT NOT NULL,
            media_fetched BIGINT NOT NULL CHECK (media_fetched BETWEEN 0 AND media_count),
            -- Scheme, host and port of the next medium, or of the last one; empty for a text that travels alone.
            media_server TEXT COLLATE "C" NOT NULL,
            media_due_at BIGINT,
            media_tries BIGINT NOT NULL CHECK (media_tries >= 0),
            -- When the pause began that media_due_at ends.
            media_tried_at BIGINT,
            -- Why the last try failed: in a sentence of the gateway, and in libcurl's words where there are any.
            media_reason TEXT COLLATE "C",
            media_words TEXT COLLATE "C",
            -- A time together with all media fetched means that some messages of a large batch are still to become due.
            CHECK (media_due_at IS NULL OR open_count > 0 OR is_unexpanded)
        ) WITH (\(isUpdated));

        CREATE INDEX batch_progress_media_due ON batch_progress (owner, media_server, media_due_at)
            WHERE media_due_at IS NOT NULL;
        """
}
