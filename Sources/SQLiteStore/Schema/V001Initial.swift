extension Migration {
    /// Batches, messages, their history, and what customers have to be told.
    ///
    /// Times are UTC milliseconds. What a message may look like in each state is written down here once more, so that
    /// no mistake of the program is ever stored.
    static let initial = Migration(
        number: 1,
        script: """
            -- What the customer asked for; written once, hardly ever changed.
            CREATE TABLE batch (
                id TEXT NOT NULL PRIMARY KEY,
                owner_kind TEXT NOT NULL CHECK (owner_kind IN ('service_plan', 'app')),
                owner_id TEXT NOT NULL,
                recipients TEXT NOT NULL,
                originator TEXT NOT NULL,
                is_originator_default INTEGER NOT NULL CHECK (is_originator_default IN (0, 1)),
                subject TEXT,
                text TEXT,
                media_url TEXT NOT NULL,
                parameters TEXT NOT NULL,
                reporting TEXT NOT NULL,
                callback_url TEXT,
                client_reference TEXT,
                is_feedback_enabled INTEGER NOT NULL CHECK (is_feedback_enabled IN (0, 1)),
                strict_validation INTEGER CHECK (strict_validation IN (0, 1)),
                created_at INTEGER NOT NULL,
                modified_at INTEGER NOT NULL,
                send_at INTEGER,
                expire_at INTEGER NOT NULL,
                is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1))
            ) STRICT;

            -- How far it has come. Apart from the batch because it changes with every message that ends, and a row is
            -- always written whole.
            CREATE TABLE batch_progress (
                batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
                reporting TEXT NOT NULL
                    CHECK (reporting IN ('none', 'summary', 'full', 'per_recipient', 'per_recipient_final')),
                begins_at INTEGER NOT NULL,
                open_count INTEGER NOT NULL CHECK (open_count >= 0),
                media_due_at INTEGER,
                media_tries INTEGER NOT NULL CHECK (media_tries >= 0),
                media_hash TEXT,
                media_type TEXT,
                media_bytes INTEGER,
                CHECK ((media_hash IS NULL) = (media_type IS NULL) AND (media_hash IS NULL) = (media_bytes IS NULL)),
                CHECK (media_due_at IS NULL OR (media_hash IS NULL AND open_count > 0))
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX batch_progress_media_due ON batch_progress (media_due_at) WHERE media_due_at IS NOT NULL;

            -- One recipient's copy. Identifiers rise, so the rows of a batch lie side by side.
            CREATE TABLE message (
                id TEXT NOT NULL PRIMARY KEY,
                batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
                recipient TEXT NOT NULL,
                mmsc TEXT,
                state TEXT NOT NULL,
                failure TEXT,
                message_id TEXT,
                changed_at INTEGER NOT NULL,
                attempts INTEGER NOT NULL CHECK (attempts >= 0),
                may_have_arrived INTEGER NOT NULL CHECK (may_have_arrived IN (0, 1)),
                due_at INTEGER,
                lease_until INTEGER,
                expire_at INTEGER NOT NULL,
                network_time INTEGER,
                status_text TEXT,
                -- Whoever waits is due or held back, whoever is claimed has a lease, whoever is submitted a MessageID.
                CHECK (CASE state
                    WHEN 'queued' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NULL
                        AND NOT may_have_arrived AND lease_until IS NULL
                    WHEN 'submitting' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NULL
                        AND attempts > 0 AND due_at IS NULL AND lease_until IS NOT NULL
                    WHEN 'in_doubt' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NULL
                        AND attempts > 0 AND may_have_arrived AND due_at IS NOT NULL AND lease_until IS NULL
                    WHEN 'submitted' THEN mmsc IS NOT NULL AND failure IS NULL AND message_id IS NOT NULL
                        AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'delivered' THEN failure IS NULL AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'expired' THEN failure IS NULL AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'rejected' THEN failure IS NOT NULL AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'failed' THEN failure IS NOT NULL AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'unknown' THEN failure IS NULL AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'cancelled' THEN failure IS NULL AND due_at IS NULL AND lease_until IS NULL
                    WHEN 'aborted' THEN failure IS NOT NULL AND message_id IS NULL AND NOT may_have_arrived
                        AND due_at IS NULL AND lease_until IS NULL
                    ELSE 0
                END)
            ) STRICT, WITHOUT ROWID;

            CREATE UNIQUE INDEX message_in_batch ON message (batch, recipient);
            CREATE INDEX message_due ON message (mmsc, due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX message_leased ON message (lease_until) WHERE lease_until IS NOT NULL;
            CREATE INDEX message_unanswered ON message (mmsc) WHERE state IN ('submitting', 'in_doubt');
            CREATE INDEX message_unsettled ON message (expire_at) WHERE state IN ('queued', 'in_doubt');
            CREATE INDEX message_unreported ON message (expire_at) WHERE state IN ('in_doubt', 'submitted');
            CREATE INDEX message_at_mmsc ON message (mmsc, message_id) WHERE message_id IS NOT NULL;

            -- The SubmitReqs of a message and what became of each.
            CREATE TABLE attempt (
                message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                ended_at INTEGER NOT NULL,
                event TEXT NOT NULL,
                status_code INTEGER,
                status_text TEXT,
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

            -- Delivery reports that overtook the answer to the SubmitReq.
            CREATE TABLE early_report (
                id INTEGER PRIMARY KEY,
                mmsc TEXT NOT NULL,
                message_id TEXT NOT NULL,
                recipient TEXT,
                received_at INTEGER NOT NULL,
                fate TEXT NOT NULL,
                failure TEXT,
                status TEXT NOT NULL,
                status_text TEXT,
                happened_at INTEGER
            ) STRICT;

            CREATE INDEX early_report_at_mmsc ON early_report (mmsc, message_id);
            CREATE INDEX early_report_age ON early_report (received_at);

            -- What webhooks tell, each with the message as it was then. Identifiers are never given twice.
            CREATE TABLE event (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
                created_at INTEGER NOT NULL,
                due_at INTEGER,
                tries INTEGER NOT NULL,
                first_tried_at INTEGER,
                heard_at INTEGER,
                last_reason TEXT,
                message TEXT,
                recipient TEXT,
                mmsc TEXT,
                state TEXT,
                failure TEXT,
                message_id TEXT,
                changed_at INTEGER,
                attempts INTEGER,
                network_time INTEGER,
                status_text TEXT,
                CHECK (due_at IS NULL OR heard_at IS NULL),
                CHECK ((message IS NULL) = (state IS NULL))
            ) STRICT;

            CREATE INDEX event_due ON event (due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX event_in_batch ON event (batch);

            -- One number to change, to see whether a commit can be made.
            CREATE TABLE pulse (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                beats INTEGER NOT NULL
            ) STRICT;

            INSERT INTO pulse (id, beats) VALUES (1, 0);
            """
    )
}
