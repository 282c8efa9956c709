extension V003 {
    /// Which requests rows come from: an id, and a place in a trace where there is one, with blanks between.
    static let traces = """
        -- A table of its own, for a batch is read without its last column, which may be megabytes long.
        CREATE TABLE batch_trace (
            batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
            trace TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- NULL for what was there before.
        ALTER TABLE inbound ADD COLUMN trace TEXT;
        ALTER TABLE app_batch ADD COLUMN trace TEXT;
        -- Of a notice alone: other events have that of their batch or inbound message.
        ALTER TABLE event ADD COLUMN trace TEXT CHECK (trace IS NULL OR notice IS NOT NULL);
        """
}
