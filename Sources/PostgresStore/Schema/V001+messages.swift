extension V001 {
    /// Messages.
    static let messages = """
        -- One recipient's copy of a batch.
        CREATE TABLE message (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            batch TEXT COLLATE "C" NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
            owner BIGINT NOT NULL REFERENCES owner (id),
            recipient TEXT COLLATE "C" NOT NULL,
            -- Names of MMSCs with blanks between them, the first choice first; = and one name where that one may
            -- have the message already.
            carriers TEXT COLLATE "C",
            -- The MMSC that was given the message last.
            mmsc TEXT COLLATE "C",
            -- The size class of its batch, 0 to 3 for up to 9, 99, 999 and more messages: small batches take turns with
            -- large ones.
            magnitude BIGINT NOT NULL CHECK (magnitude BETWEEN 0 AND 3),
            state TEXT COLLATE "C" NOT NULL,
            failure TEXT COLLATE "C",
            message_id TEXT COLLATE "C",
            changed_at BIGINT NOT NULL,
            attempts BIGINT NOT NULL CHECK (attempts >= 0),
            -- Attempts that do not count against the limit of tries.
            spared BIGINT NOT NULL DEFAULT 0 CHECK (spared BETWEEN 0 AND attempts),
            -- The TransactionID of a SubmitReq with other messages, which has to be repeated as it was.
            shared_request TEXT COLLATE "C",
            may_have_arrived BOOLEAN NOT NULL,
            -- The position among due messages, of which the lowest goes first. It is made from the time and never lower
            -- than an earlier one, so that a clock that is set back delays nothing. NULL: it is not due.
            position BIGINT,
            -- The end of the pause after a try, when it gets a position again. The pause began at changed_at.
            paused_until BIGINT,
            lease_until BIGINT,
            expire_at BIGINT NOT NULL,
            network_time BIGINT,
            status_text TEXT COLLATE "C",
            feedback_at BIGINT,
            -- When the MMSC is asked to take the message back; only for messages withdrawn after it had them.
            cancel_due_at BIGINT CHECK (cancel_due_at IS NULL OR state = 'submitted'),
            cancel_tries BIGINT NOT NULL DEFAULT 0 CHECK (cancel_tries >= 0),
            -- Whether it goes before all others of its customer.
            is_urgent BOOLEAN NOT NULL DEFAULT FALSE,
            CHECK (carriers IS NULL OR starts_with(carriers, '=') = may_have_arrived),
            CHECK (position IS NULL OR paused_until IS NULL),
            CHECK (position IS NULL AND paused_until IS NULL OR state IN ('queued', 'in_doubt')),
            -- A waiting message is due or held back, a claimed one has a lease, a submitted one a MessageID.
            CHECK (CASE state
                WHEN 'queued' THEN carriers IS NOT NULL AND shared_request IS NULL AND failure IS NULL
                    AND message_id IS NULL AND NOT may_have_arrived AND lease_until IS NULL
                WHEN 'submitting' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NULL
                    AND attempts > 0 AND lease_until IS NOT NULL
                WHEN 'in_doubt' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NULL
                    AND attempts > 0 AND may_have_arrived AND lease_until IS NULL
                WHEN 'submitted' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NOT NULL
                    AND lease_until IS NULL
                WHEN 'delivered' THEN failure IS NULL AND lease_until IS NULL
                WHEN 'expired' THEN failure IS NULL AND lease_until IS NULL
                WHEN 'rejected' THEN failure IS NOT NULL AND lease_until IS NULL
                WHEN 'failed' THEN failure IS NOT NULL AND lease_until IS NULL
                WHEN 'unknown' THEN failure IS NULL AND lease_until IS NULL
                WHEN 'cancelled' THEN failure IS NULL AND lease_until IS NULL
                WHEN 'aborted' THEN failure IS NOT NULL AND message_id IS NULL AND NOT may_have_arrived
                    AND lease_until IS NULL
                ELSE FALSE
            END)
        ) WITH (\(isUpdated));

        CREATE UNIQUE INDEX message_in_batch ON message (batch, recipient);
        -- Finds the message that a handset answers. The hour of the expiry comes first, so that new rows lie side by
        -- side; numbers alone would be spread over all messages ever sent.
        CREATE INDEX message_to ON message ((expire_at / 3600000), recipient, owner, id);
        CREATE INDEX message_ready ON message (carriers, owner, is_urgent, magnitude, position, id)
            WHERE position IS NOT NULL;
        CREATE INDEX message_paused ON message (carriers, paused_until, changed_at) WHERE paused_until IS NOT NULL;
        CREATE INDEX message_sharing ON message (shared_request, id)
            WHERE shared_request IS NOT NULL AND state = 'in_doubt';
        CREATE INDEX message_leased ON message (lease_until, mmsc, owner) WHERE lease_until IS NOT NULL;
        CREATE INDEX message_unanswered ON message (mmsc) WHERE state IN ('submitting', 'in_doubt');
        -- With the owner, whose waiting messages are counted at each start.
        CREATE INDEX message_unsettled ON message (expire_at, id, state, carriers, owner)
            WHERE state IN ('queued', 'in_doubt');
        CREATE INDEX message_unreported ON message (expire_at, state, mmsc, id)
            WHERE state IN ('in_doubt', 'submitted');
        CREATE INDEX message_at_mmsc ON message (mmsc, message_id, id) WHERE message_id IS NOT NULL;
        CREATE INDEX message_cancel_due ON message (mmsc, owner, cancel_due_at, message_id)
            WHERE cancel_due_at IS NOT NULL;
        CREATE INDEX message_finished ON message (owner, changed_at, state, failure, id)
            WHERE state IN ('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted');
        """
}
