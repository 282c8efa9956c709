extension Migration {
    /// Batches, messages, their history, what customers have to be told, groups, and what came in.
    ///
    /// Times are UTC milliseconds. What a message may look like in each state is written down here once more, so that
    /// no mistake of the program is ever stored.
    static let initial = Migration(
        number: 1,
        script: """
            -- Customers, each with a small number for the rows and indexes of everything that is theirs.
            CREATE TABLE owner (
                id INTEGER PRIMARY KEY,
                kind TEXT NOT NULL CHECK (kind IN ('service_plan', 'app')),
                name TEXT NOT NULL,
                UNIQUE (kind, name)
            ) STRICT;

            -- What the customer asked for; written once, hardly ever changed.
            CREATE TABLE batch (
                id TEXT NOT NULL PRIMARY KEY,
                owner INTEGER NOT NULL REFERENCES owner (id),
                originator TEXT NOT NULL,
                is_originator_default INTEGER NOT NULL CHECK (is_originator_default IN (0, 1)),
                subject TEXT,
                is_subject_template INTEGER NOT NULL CHECK (is_subject_template IN (0, 1)),
                text TEXT,
                media_url TEXT,
                text_options TEXT,
                reporting TEXT NOT NULL,
                callback_url TEXT,
                client_reference TEXT,
                is_feedback_enabled INTEGER NOT NULL CHECK (is_feedback_enabled IN (0, 1)),
                strict_validation INTEGER CHECK (strict_validation IN (0, 1)),
                created_at INTEGER NOT NULL,
                modified_at INTEGER NOT NULL,
                send_at INTEGER,
                expire_at INTEGER NOT NULL,
                is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
                tags TEXT NOT NULL,
                revision INTEGER NOT NULL,
                recipients TEXT NOT NULL,
                -- Last, for they may be megabytes: what stands behind them could be read through all of them only.
                parameters_bytes INTEGER NOT NULL,
                parameters TEXT NOT NULL,
                CHECK ((media_url IS NULL) = (text_options IS NOT NULL))
            ) STRICT;

            -- For lists, which are by age and counted to the last entry.
            CREATE INDEX batch_listed ON batch (owner, created_at);
            CREATE INDEX batch_from ON batch (owner, originator, created_at);
            CREATE INDEX batch_referenced ON batch (owner, client_reference, created_at)
                WHERE client_reference IS NOT NULL;

            -- How many batches each minute has: a list of a million is counted and paged by these. The triggers keep it true
            -- whatever statement touches a batch.
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
                reporting TEXT NOT NULL
                    CHECK (reporting IN ('none', 'summary', 'full', 'per_recipient', 'per_recipient_final')),
                -- The time that the customer chose; NULL: at once.
                begins_at INTEGER,
                open_count INTEGER NOT NULL CHECK (open_count >= 0),
                -- The server that the batch's own callback address names; empty where the customer's counts.
                receiver TEXT NOT NULL,
                -- Copies of the batch's own, for statements that would read its long rows for nothing else.
                revision INTEGER NOT NULL,
                is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
                -- Whether the members of its groups are still to become messages.
                is_unexpanded INTEGER NOT NULL CHECK (is_unexpanded IN (0, 1)),
                -- Whether every recipient gets the same, so that one SubmitReq may carry several.
                is_uniform INTEGER NOT NULL CHECK (is_uniform IN (0, 1)),
                -- Scheme, host and port that the media comes from; empty for texts that travel alone.
                media_server TEXT NOT NULL,
                media_due_at INTEGER,
                media_tries INTEGER NOT NULL CHECK (media_tries >= 0),
                -- When the pause began that media_due_at ends.
                media_tried_at INTEGER,
                -- What came of the last try, in a sentence of ours; and in libcurl's words where it is about them.
                media_reason TEXT,
                media_words TEXT,
                media_hash TEXT,
                media_type TEXT,
                media_bytes INTEGER,
                -- What the server called it.
                media_name TEXT,
                CHECK ((media_hash IS NULL) = (media_type IS NULL) AND (media_hash IS NULL) = (media_bytes IS NULL)),
                -- With the media here and a time for it too, some of many messages are not due yet.
                CHECK (media_due_at IS NULL OR open_count > 0 OR is_unexpanded)
            ) STRICT, WITHOUT ROWID;

            -- Batches that were cancelled and of which a part of many messages is still to be withdrawn.
            CREATE TABLE withdrawal (
                batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX batch_progress_media_due ON batch_progress (owner, media_server, media_due_at)
                WHERE media_due_at IS NOT NULL;
            -- For the sweep of the media folder. Not for open batches alone: then every message that ends would write it.
            CREATE INDEX batch_progress_media ON batch_progress (media_hash) WHERE media_hash IS NOT NULL;

            -- One recipient's copy. Identifiers rise, so the rows of a batch lie side by side.
            CREATE TABLE message (
                id TEXT NOT NULL PRIMARY KEY,
                batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
                owner INTEGER NOT NULL REFERENCES owner (id),
                recipient TEXT NOT NULL,
                -- Names of MMSCs with blanks between them, the first choice first; = and one name where that one may
                -- have the message already.
                carriers TEXT,
                -- The one that was given the message last.
                mmsc TEXT,
                -- The power of ten in the number of its batch's messages, 0 to 3: small batches take turns with large.
                magnitude INTEGER NOT NULL CHECK (magnitude BETWEEN 0 AND 3),
                state TEXT NOT NULL,
                failure TEXT,
                message_id TEXT,
                changed_at INTEGER NOT NULL,
                attempts INTEGER NOT NULL CHECK (attempts >= 0),
                -- Attempts that do not count against the limit of tries.
                spared INTEGER NOT NULL DEFAULT 0 CHECK (spared BETWEEN 0 AND attempts),
                -- The TransactionID of a SubmitReq with other messages, which has to be repeated as it was.
                shared_request TEXT,
                may_have_arrived INTEGER NOT NULL CHECK (may_have_arrived IN (0, 1)),
                -- Its place among those that are due, of which the least goes first. It is made from the time and never falls
                -- behind those before it: a clock that is set back holds up nobody. NULL: nobody takes it now.
                place INTEGER,
                -- It was tried and has its place after that. The pause began at changed_at.
                paused_until INTEGER,
                lease_until INTEGER,
                expire_at INTEGER NOT NULL,
                network_time INTEGER,
                status_text TEXT,
                feedback_at INTEGER,
                -- When the MMSC is asked to take it back, for those withdrawn after it had them.
                cancel_due_at INTEGER CHECK (cancel_due_at IS NULL OR state = 'submitted'),
                cancel_tries INTEGER NOT NULL DEFAULT 0 CHECK (cancel_tries >= 0),
                CHECK (carriers IS NULL OR (carriers GLOB '=*') = may_have_arrived),
                CHECK (place IS NULL OR paused_until IS NULL),
                CHECK (place IS NULL AND paused_until IS NULL OR state IN ('queued', 'in_doubt')),
                -- Whoever waits is due or held back, whoever is claimed has a lease, whoever is submitted a MessageID.
                CHECK (CASE state
                    WHEN 'queued' THEN carriers IS NOT NULL AND shared_request IS NULL AND failure IS NULL AND message_id IS NULL
                        AND NOT may_have_arrived AND lease_until IS NULL
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
                    ELSE 0
                END)
            ) STRICT, WITHOUT ROWID;

            CREATE UNIQUE INDEX message_in_batch ON message (batch, recipient);
            -- For what a handset answers. By the hour of the expiry first: new messages have their place side by side there,
            -- where numbers alone would be spread over all that was ever sent.
            CREATE INDEX message_to ON message (expire_at / 3600000, recipient, owner);
            CREATE INDEX message_ready ON message (carriers, owner, magnitude, place) WHERE place IS NOT NULL;
            CREATE INDEX message_paused ON message (carriers, paused_until, changed_at) WHERE paused_until IS NOT NULL;
            CREATE INDEX message_sharing ON message (shared_request) WHERE shared_request IS NOT NULL AND state = 'in_doubt';
            CREATE INDEX message_leased ON message (lease_until, mmsc) WHERE lease_until IS NOT NULL;
            CREATE INDEX message_unanswered ON message (mmsc) WHERE state IN ('submitting', 'in_doubt');
            CREATE INDEX message_unsettled ON message (expire_at, id, state, carriers) WHERE state IN ('queued', 'in_doubt');
            CREATE INDEX message_unreported ON message (expire_at, state, mmsc) WHERE state IN ('in_doubt', 'submitted');
            CREATE INDEX message_at_mmsc ON message (mmsc, message_id) WHERE message_id IS NOT NULL;
            CREATE INDEX message_cancel_due ON message (mmsc, owner, cancel_due_at, message_id)
                WHERE cancel_due_at IS NOT NULL;
            CREATE INDEX message_finished ON message (owner, changed_at, state, failure)
                WHERE state IN ('delivered', 'expired', 'rejected', 'failed', 'unknown', 'cancelled', 'aborted');

            -- The SubmitReqs of a message and what became of each.
            CREATE TABLE attempt (
                message TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
                number INTEGER NOT NULL,
                mmsc TEXT NOT NULL,
                ended_at INTEGER NOT NULL,
                event TEXT NOT NULL,
                status_code INTEGER,
                status_text TEXT,
                -- Whether one before it may have arrived.
                is_resend INTEGER NOT NULL CHECK (is_resend IN (0, 1)),
                answer TEXT,
                PRIMARY KEY (message, number)
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX attempt_resent ON attempt (mmsc) WHERE is_resend;

            -- The CancelReqs that were to take it back.
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

            -- Delivery reports that overtook the answer to the SubmitReq.
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

            -- What webhooks tell, each with the message as it was then. Identifiers are never given twice.
            CREATE TABLE event (
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                batch TEXT REFERENCES batch (id) ON DELETE CASCADE,
                inbound TEXT REFERENCES inbound (id) ON DELETE CASCADE,
                owner INTEGER NOT NULL REFERENCES owner (id),
                receiver TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                -- NULL: it was heard or dropped; or, where it was never tried, one of its message goes before it.
                due_at INTEGER,
                tries INTEGER NOT NULL,
                -- When the pause began that due_at ends; NULL: due_at is when it happened, or ends the lease of a claim.
                paused_at INTEGER,
                heard_at INTEGER,
                last_reason TEXT,
                message TEXT,
                recipient TEXT,
                carriers TEXT,
                state TEXT,
                failure TEXT,
                message_id TEXT,
                changed_at INTEGER,
                attempts INTEGER,
                network_time INTEGER,
                status_text TEXT,
                CHECK (due_at IS NULL OR heard_at IS NULL),
                CHECK (due_at IS NOT NULL OR tries > 0 OR message IS NOT NULL),
                CHECK ((batch IS NULL) <> (inbound IS NULL)),
                CHECK (message IS NULL OR batch IS NOT NULL),
                CHECK ((message IS NULL) = (state IS NULL))
            ) STRICT;

            CREATE INDEX event_due ON event (owner, receiver, due_at) WHERE due_at IS NOT NULL;
            CREATE INDEX event_ahead ON event (message) WHERE message IS NOT NULL AND due_at IS NOT NULL;
            CREATE INDEX event_held ON event (message) WHERE message IS NOT NULL AND due_at IS NULL AND tries = 0;
            CREATE INDEX event_given_up ON event (owner, due_at, heard_at, tries)
                WHERE due_at IS NULL AND heard_at IS NULL AND tries > 0;
            CREATE INDEX event_in_batch ON event (batch) WHERE batch IS NOT NULL;
            CREATE INDEX event_of_inbound ON event (inbound) WHERE inbound IS NOT NULL;

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

            -- Numbers under one id. The size is kept because lists tell it of a hundred groups at once.
            CREATE TABLE contact_group (
                id TEXT NOT NULL PRIMARY KEY,
                owner INTEGER NOT NULL REFERENCES owner (id),
                name TEXT,
                size INTEGER NOT NULL CHECK (size >= 0),
                auto_update TEXT,
                auto_update_to TEXT,
                tags TEXT NOT NULL,
                created_at INTEGER NOT NULL,
                modified_at INTEGER NOT NULL,
                CHECK ((auto_update IS NULL) = (auto_update_to IS NULL))
            ) STRICT;

            CREATE INDEX contact_group_listed ON contact_group (owner, created_at);
            CREATE UNIQUE INDEX contact_group_named ON contact_group (owner, name) WHERE name IS NOT NULL;
            CREATE INDEX contact_group_updated ON contact_group (owner, auto_update_to)
                WHERE auto_update_to IS NOT NULL;

            CREATE TABLE group_member (
                contact_group TEXT NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
                number TEXT NOT NULL,
                PRIMARY KEY (contact_group, number)
            ) STRICT, WITHOUT ROWID;

            CREATE TABLE group_child (
                parent TEXT NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
                child TEXT NOT NULL REFERENCES contact_group (id) ON DELETE CASCADE,
                place INTEGER NOT NULL,
                PRIMARY KEY (parent, child)
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX group_child_of ON group_child (child);

            -- What handsets sent to our numbers, and to numbers that are nobody's where the operator wants to see that.
            CREATE TABLE inbound (
                id TEXT NOT NULL PRIMARY KEY,
                owner INTEGER REFERENCES owner (id),
                mmsc TEXT NOT NULL,
                -- What a repetition of it has too: the MMSC's identifier for it, and a fingerprint of what is in it.
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
                is_told INTEGER NOT NULL CHECK (is_told IN (0, 1)),
                -- Somebody is at it until then; the time when it came does not matter, so no clock that is set holds it up.
                lease_until INTEGER,
                -- The storage was away; nobody is at it before that.
                due_at INTEGER,
                -- Pauses so far, that which it is in included.
                tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
                CHECK (due_at IS NULL OR (lease_until IS NULL AND tries > 0))
            ) STRICT, WITHOUT ROWID;

            CREATE INDEX upload_waiting ON upload (owner, inbound) WHERE lease_until IS NULL AND due_at IS NULL;
            CREATE INDEX upload_leased ON upload (lease_until) WHERE lease_until IS NOT NULL;
            CREATE INDEX upload_due ON upload (due_at) WHERE due_at IS NOT NULL;

            -- One number to change, to see whether a commit can be made.
            CREATE TABLE pulse (
                id INTEGER PRIMARY KEY CHECK (id = 1),
                beats INTEGER NOT NULL,
                -- When a gateway looked after the database last: a database that was restored is known by it.
                kept_at INTEGER,
                -- No other database has it: a log that another left is known by it.
                identity TEXT NOT NULL
            ) STRICT;

            INSERT INTO pulse (id, beats, identity) VALUES (1, 0, lower(hex(randomblob(16))));
            """
    )
}
