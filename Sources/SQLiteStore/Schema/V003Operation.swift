extension Migration {
    /// What a gateway that runs for years needs. The removal of batches has its part in a file of its own.
    static let operation = Migration(
        number: 3,
        script: [V003.calls, V003.traces, V003.retention, V003.find, V003.restoration].joined(separator: "\n\n"))
}

/// The changes and tables of the third schema.
enum V003 {
    /// Calls that come one after the other at different targets.
    static let calls = """
        -- The target whose calls about the message come first; NULL where the call waits for those of its own alone.
        ALTER TABLE call ADD COLUMN follows TEXT;
        """

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

    /// What an operator's search needs. Messages to a number are found by `message_to`, hour by hour, and those under a
    /// reference by the indexes of each customer, so that no message costs more than before.
    static let find = """
        -- Finds what a handset sent. As in message_to the hour comes first, so that new rows lie side by side.
        CREATE INDEX inbound_from ON inbound (received_at / 3600000, sender);
        """

    /// What a copy of the database says of itself.
    static let restoration = """
        -- When a backup made this copy; NULL in a database that a gateway has run on.
        ALTER TABLE pulse ADD COLUMN copied_at INTEGER;
        """
}
