extension V001 {
    /// What was said about a message.
    static let history = """
        -- The SubmitReqs of a message and what became of each.
        CREATE TABLE attempt (
            message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            mmsc TEXT NOT NULL,
            ended_at INTEGER NOT NULL,
            event TEXT NOT NULL,
            status_code INTEGER,
            status_text TEXT,
            -- Whether an earlier SubmitReq may have arrived.
            is_resend INTEGER NOT NULL CHECK (is_resend IN (0, 1)),
            answer TEXT,
            PRIMARY KEY (message, number)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX attempt_resent ON attempt (mmsc) WHERE is_resend;

        -- The CancelReqs of a message and what became of each.
        CREATE TABLE cancel_attempt (
            message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            ended_at INTEGER NOT NULL,
            outcome TEXT NOT NULL CHECK (outcome IN ('withdrawn', 'stays', 'again')),
            reason TEXT,
            PRIMARY KEY (message, number)
        ) STRICT, WITHOUT ROWID;

        -- The delivery reports of a message, also those that changed nothing.
        CREATE TABLE report (
            message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            received_at INTEGER NOT NULL,
            status TEXT NOT NULL,
            status_text TEXT,
            happened_at INTEGER,
            PRIMARY KEY (message, number)
        ) STRICT, WITHOUT ROWID;

        -- Delivery reports that came before the answer to their SubmitReq.
        CREATE TABLE early_report (
            id INTEGER PRIMARY KEY,
            mmsc TEXT NOT NULL,
            message_id TEXT NOT NULL,
            recipient TEXT,
            sender TEXT,
            received_at INTEGER NOT NULL,
            fate TEXT NOT NULL,
            failure TEXT,
            status TEXT NOT NULL,
            status_text TEXT,
            happened_at INTEGER
        ) STRICT;

        CREATE INDEX early_report_at_mmsc ON early_report (mmsc, message_id);
        CREATE INDEX early_report_age ON early_report (received_at);
        """
}
