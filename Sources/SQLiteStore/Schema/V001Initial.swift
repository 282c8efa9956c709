extension Migration {
    /// Customers, batches, messages and their history, events, groups, and inbound messages. Each noun has its tables
    /// in a file of its own.
    ///
    /// Times are UTC milliseconds. The schema repeats what a message may look like in each state, so that no mistake of
    /// the program is ever stored.
    static let initial = Migration(
        number: 1,
        script: [
            V001.owners, V001.batches, V001.messages, V001.history, V001.events, V001.answers, V001.groups,
            V001.inbounds, V001.pulse,
        ].joined(separator: "\n\n"))
}

/// The tables of the first schema.
enum V001 {
    /// Customers.
    static let owners = """
        -- Customers, each with a small number for the rows and indexes of everything that is theirs.
        CREATE TABLE owner (
            id INTEGER PRIMARY KEY,
            kind TEXT NOT NULL,
            name TEXT NOT NULL,
            UNIQUE (kind, name)
        ) STRICT;
        """

    /// Answers kept for repeats of a request.
    static let answers = """
        -- Answers to requests with an Idempotency-Key.
        CREATE TABLE kept_answer (
            owner INTEGER NOT NULL REFERENCES owner (id),
            key TEXT NOT NULL,
            request TEXT NOT NULL,
            status INTEGER NOT NULL,
            body TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (owner, key)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX kept_answer_age ON kept_answer (created_at);
        """

    /// The one row that every commit can change.
    static let pulse = """
        -- One row with a number that is changed to see whether a commit can be made.
        CREATE TABLE pulse (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            probes INTEGER NOT NULL,
            -- When a gateway last ran on the database; it tells a database that was restored from a backup.
            kept_at INTEGER,
            -- A value that no other database has; it tells a log file that belongs to another database.
            identity TEXT NOT NULL
        ) STRICT;

        INSERT INTO pulse (id, probes, identity) VALUES (1, 0, lower(hex(randomblob(16))));
        """
}
