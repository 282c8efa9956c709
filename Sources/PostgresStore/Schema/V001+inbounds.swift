extension V001 {
    /// What handsets sent, and the uploads of their media.
    static let inbounds = """
        -- What handsets sent to our numbers, and to numbers that no customer has where the operator wants to see that.
        CREATE TABLE inbound (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The order in which they came, for lists.
            rowid BIGINT GENERATED ALWAYS AS IDENTITY UNIQUE,
            owner BIGINT REFERENCES owner (id),
            mmsc TEXT COLLATE "C" NOT NULL,
            -- What a repetition has in common with it: the MMSC's identifier, and a fingerprint of the content.
            delivery TEXT COLLATE "C" NOT NULL,
            fingerprint TEXT COLLATE "C" NOT NULL,
            sender TEXT COLLATE "C" NOT NULL,
            recipient TEXT COLLATE "C" NOT NULL,
            received_at BIGINT NOT NULL,
            sent_at BIGINT,
            client_reference TEXT COLLATE "C",
            subject TEXT COLLATE "C",
            text TEXT COLLATE "C",
            media TEXT COLLATE "C" NOT NULL,
            other_recipients TEXT COLLATE "C" NOT NULL,
            -- What the customer's API gives back, in a form of its own.
            echo TEXT COLLATE "C" NOT NULL DEFAULT '',
            -- Whether the customer's API is still to read it; its event follows that.
            is_unread BOOLEAN NOT NULL DEFAULT FALSE,
            trace TEXT COLLATE "C"
        ) WITH (\(isBusy));

        CREATE INDEX inbound_delivered ON inbound (mmsc, delivery, recipient, fingerprint, received_at);
        CREATE INDEX inbound_age ON inbound (received_at);
        CREATE INDEX inbound_listed ON inbound (owner, received_at, rowid);
        CREATE INDEX inbound_to ON inbound (owner, recipient, received_at, rowid);
        CREATE INDEX inbound_referenced ON inbound (owner, client_reference, received_at, rowid)
            WHERE client_reference IS NOT NULL;
        CREATE INDEX inbound_unread ON inbound (owner, received_at, id) WHERE is_unread;
        -- Finds what a handset sent. As in message_to the hour comes first, so that new rows lie side by side.
        CREATE INDEX inbound_from ON inbound ((received_at / 3600000), sender);

        -- For the sweep of the media folder.
        CREATE TABLE inbound_media (
            hash TEXT COLLATE "C" NOT NULL,
            inbound TEXT COLLATE "C" NOT NULL REFERENCES inbound (id) ON DELETE CASCADE,
            PRIMARY KEY (hash, inbound)
        ) WITH (\(isBusy));

        CREATE INDEX inbound_media_of ON inbound_media (inbound);

        -- Inbound messages whose media is still to be put into their owner's bucket; the event follows that.
        CREATE TABLE upload (
            inbound TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES inbound (id) ON DELETE CASCADE,
            owner BIGINT NOT NULL REFERENCES owner (id),
            token TEXT COLLATE "C" NOT NULL,
            notifies_owner BOOLEAN NOT NULL,
            -- The end of a claim. Uploads that wait have no time, so that no clock that is set delays them.
            lease_until BIGINT,
            -- The end of a pause after the storage could not be reached.
            due_at BIGINT,
            -- Pauses so far, including the present one.
            tries BIGINT NOT NULL DEFAULT 0 CHECK (tries >= 0),
            CHECK (due_at IS NULL OR (lease_until IS NULL AND tries > 0))
        ) WITH (\(isUpdated));

        CREATE INDEX upload_waiting ON upload (owner, inbound) WHERE lease_until IS NULL AND due_at IS NULL;
        CREATE INDEX upload_leased ON upload (lease_until) WHERE lease_until IS NOT NULL;
        CREATE INDEX upload_due ON upload (due_at) WHERE due_at IS NOT NULL;
        """
}
