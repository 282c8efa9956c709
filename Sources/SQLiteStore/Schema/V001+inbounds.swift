extension V001 {
    /// What handsets sent, and the uploads of their media.
    static let inbounds = """
        -- What handsets sent to our numbers, and to numbers that no customer has where the operator wants to see that.
        CREATE TABLE inbound (
            id TEXT NOT NULL PRIMARY KEY,
            owner INTEGER REFERENCES owner (id),
            mmsc TEXT NOT NULL,
            -- What a repetition has in common with it: the MMSC's identifier, and a fingerprint of the content.
            delivery TEXT NOT NULL,
            fingerprint TEXT NOT NULL,
            sender TEXT NOT NULL,
            recipient TEXT NOT NULL,
            received_at INTEGER NOT NULL,
            sent_at INTEGER,
            client_reference TEXT,
            subject TEXT,
            text TEXT,
            media TEXT NOT NULL,
            other_recipients TEXT NOT NULL
        ) STRICT;

        CREATE INDEX inbound_delivered ON inbound (mmsc, delivery, recipient, fingerprint, received_at);
        CREATE INDEX inbound_age ON inbound (received_at);
        CREATE INDEX inbound_listed ON inbound (owner, received_at);
        CREATE INDEX inbound_to ON inbound (owner, recipient, received_at);
        CREATE INDEX inbound_referenced ON inbound (owner, client_reference, received_at)
            WHERE client_reference IS NOT NULL;

        -- For the sweep of the media folder.
        CREATE TABLE inbound_media (
            hash TEXT NOT NULL,
            inbound TEXT NOT NULL REFERENCES inbound (id) ON DELETE CASCADE,
            PRIMARY KEY (hash, inbound)
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX inbound_media_of ON inbound_media (inbound);

        -- Inbound messages whose media is still to be put into their owner's bucket; the event follows that.
        CREATE TABLE upload (
            inbound TEXT NOT NULL PRIMARY KEY REFERENCES inbound (id) ON DELETE CASCADE,
            owner INTEGER NOT NULL REFERENCES owner (id),
            token TEXT NOT NULL,
            notifies_owner INTEGER NOT NULL CHECK (notifies_owner IN (0, 1)),
            -- The end of a claim. Uploads that wait have no time, so that no clock that is set delays them.
            lease_until INTEGER,
            -- The end of a pause after the storage could not be reached.
            due_at INTEGER,
            -- Pauses so far, including the present one.
            tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
            CHECK (due_at IS NULL OR (lease_until IS NULL AND tries > 0))
        ) STRICT, WITHOUT ROWID;

        CREATE INDEX upload_waiting ON upload (owner, inbound) WHERE lease_until IS NULL AND due_at IS NULL;
        CREATE INDEX upload_leased ON upload (lease_until) WHERE lease_until IS NOT NULL;
        CREATE INDEX upload_due ON upload (due_at) WHERE due_at IS NOT NULL;
        """
}
