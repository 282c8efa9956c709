-- Customers, each with a small number for the rows and indexes of everything that is theirs.
CREATE TABLE owner (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    UNIQUE (kind, name)
) STRICT;

-- What customers asked for. A row is written once and hardly ever changed.
CREATE TABLE batch (
    id TEXT NOT NULL PRIMARY KEY,
    owner INTEGER NOT NULL REFERENCES owner (id),
    originator TEXT NOT NULL,
    subject TEXT,
    is_subject_template INTEGER NOT NULL CHECK (is_subject_template IN (0, 1)),
    text TEXT,
    -- A list of objects with a member url; empty for a text that travels alone.
    media TEXT NOT NULL,
    is_strict INTEGER NOT NULL CHECK (is_strict IN (0, 1)),
    -- What the customer wants to be notified of, as bits.
    interest INTEGER NOT NULL,
    callback_url TEXT,
    client_reference TEXT,
    -- What the customer's API gives back, in a form of its own.
    echo TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    modified_at INTEGER NOT NULL,
    send_at INTEGER,
    expire_at INTEGER NOT NULL,
    is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
    revision INTEGER NOT NULL,
    recipients TEXT NOT NULL,
    -- The last column, since it may be megabytes long: SQLite reads all of it on the way to a later column.
    parameters_bytes INTEGER NOT NULL,
    parameters TEXT NOT NULL
) STRICT;

-- For lists, which are ordered by age and give the count of all entries.
CREATE INDEX batch_listed ON batch (owner, created_at);
CREATE INDEX batch_from ON batch (owner, originator, created_at);
CREATE INDEX batch_referenced ON batch (owner, client_reference, created_at)
    WHERE client_reference IS NOT NULL;

-- How many batches each minute has: a list of a million is counted and paged by these. The triggers keep it
-- true whatever statement touches a batch.
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

-- How far each batch has come. A table of its own, because it changes with every message that ends, and a row
-- is always written whole.
CREATE TABLE batch_progress (
    batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE,
    owner INTEGER NOT NULL REFERENCES owner (id),
    interest INTEGER NOT NULL,
    -- The time that the customer chose; NULL: at once.
    begins_at INTEGER,
    open_count INTEGER NOT NULL CHECK (open_count >= 0),
    -- The server of the batch's own callback address, to which its events are sent; empty where it has none.
    target TEXT NOT NULL,
    -- Copies of the batch's columns. A change of the echo alone does not change this revision.
    revision INTEGER NOT NULL,
    is_canceled INTEGER NOT NULL CHECK (is_canceled IN (0, 1)),
    -- Whether the members of its groups are still to become messages.
    is_unexpanded INTEGER NOT NULL CHECK (is_unexpanded IN (0, 1)),
    -- Whether every recipient gets the same, so that one SubmitReq may carry several.
    is_uniform INTEGER NOT NULL CHECK (is_uniform IN (0, 1)),
    -- How many media the batch has, and how many of them, from the first on, have been fetched.
    media_count INTEGER NOT NULL,
    media_fetched INTEGER NOT NULL CHECK (media_fetched BETWEEN 0 AND media_count),
    -- Scheme, host and port of the next medium, or of the last one; empty for a text that travels alone.
    media_server TEXT NOT NULL,
    media_due_at INTEGER,
    media_tries INTEGER NOT NULL CHECK (media_tries >= 0),
    -- When the pause began that media_due_at ends.
    media_tried_at INTEGER,
    -- Why the last try failed: in a sentence of the gateway, and in libcurl's words where there are any.
    media_reason TEXT,
    media_words TEXT,
    -- A time together with all media fetched means that some messages of a large batch are still to become due.
    CHECK (media_due_at IS NULL OR open_count > 0 OR is_unexpanded)
) STRICT, WITHOUT ROWID;

-- Cancelled batches of which some messages are still to be withdrawn.
CREATE TABLE withdrawal (
    batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX batch_progress_media_due ON batch_progress (owner, media_server, media_due_at)
    WHERE media_due_at IS NOT NULL;
-- The media of batches that have been fetched.
CREATE TABLE batch_medium (
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    -- The index in batch.media.
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    type TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    -- The media type that its server named.
    name TEXT,
    PRIMARY KEY (batch, number)
) STRICT, WITHOUT ROWID;

-- For the sweep of the media folder. Not for open batches only: every message that ends would then write to it.
CREATE INDEX batch_medium_hash ON batch_medium (hash);

-- One recipient's copy of a batch. Identifiers rise, so the rows of a batch lie side by side.
CREATE TABLE message (
    id TEXT NOT NULL PRIMARY KEY,
    batch TEXT NOT NULL REFERENCES batch (id) ON DELETE CASCADE,
    owner INTEGER NOT NULL REFERENCES owner (id),
    recipient TEXT NOT NULL,
    -- Names of MMSCs with blanks between them, the first choice first; = and one name where that one may
    -- have the message already.
    carriers TEXT,
    -- The MMSC that was given the message last.
    mmsc TEXT,
    -- The size class of its batch, 0 to 3 for up to 9, 99, 999 and more messages: small batches take turns with
    -- large ones.
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
    -- The position among due messages, of which the lowest goes first. It is made from the time and never lower
    -- than an earlier one, so that a clock that is set back delays nothing. NULL: it is not due.
    position INTEGER,
    -- The end of the pause after a try, when it gets a position again. The pause began at changed_at.
    paused_until INTEGER,
    lease_until INTEGER,
    expire_at INTEGER NOT NULL,
    network_time INTEGER,
    status_text TEXT,
    feedback_at INTEGER,
    -- When the MMSC is asked to take the message back; only for messages withdrawn after it had them.
    cancel_due_at INTEGER CHECK (cancel_due_at IS NULL OR state = 'submitted'),
    cancel_tries INTEGER NOT NULL DEFAULT 0 CHECK (cancel_tries >= 0),
    CHECK (carriers IS NULL OR (carriers GLOB '=*') = may_have_arrived),
    CHECK (position IS NULL OR paused_until IS NULL),
    CHECK (position IS NULL AND paused_until IS NULL OR state IN ('queued', 'in_doubt')),
    -- A waiting message is due or held back, a claimed one has a lease, a submitted one a MessageID.
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
-- Finds the message that a handset answers. The hour of the expiry comes first, so that new rows lie side by
-- side; numbers alone would be spread over all messages ever sent.
CREATE INDEX message_to ON message (expire_at / 3600000, recipient, owner);
CREATE INDEX message_ready ON message (carriers, owner, magnitude, position) WHERE position IS NOT NULL;
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

-- What customers are notified of, each message as it was then. An event is written in the commit that makes it true
-- and never changed after that. Identifiers are never given twice.
CREATE TABLE event (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch TEXT REFERENCES batch (id) ON DELETE CASCADE,
    inbound TEXT REFERENCES inbound (id) ON DELETE CASCADE,
    owner INTEGER NOT NULL REFERENCES owner (id),
    created_at INTEGER NOT NULL,
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
    CHECK (batch IS NULL OR inbound IS NULL),
    CHECK (message IS NULL OR batch IS NOT NULL),
    CHECK ((message IS NULL) = (state IS NULL))
) STRICT;

-- With the message, because the events of one message are sent one after the other.
CREATE INDEX event_in_batch ON event (batch, message) WHERE batch IS NOT NULL;
CREATE INDEX event_of_inbound ON event (inbound) WHERE inbound IS NOT NULL;

-- An event on its way to one target. The row is short, because each retry writes it again.
CREATE TABLE call (
    event INTEGER NOT NULL REFERENCES event (id) ON DELETE CASCADE,
    target TEXT NOT NULL,
    -- A copy of the event's column.
    owner INTEGER NOT NULL,
    -- NULL: it has ended; or, never tried, it waits for an earlier call of its message to the target.
    due_at INTEGER,
    -- The beginning of the pause that due_at ends; NULL where due_at is the event's time or the end of a lease.
    paused_at INTEGER,
    tries INTEGER NOT NULL CHECK (tries >= 0),
    first_tried_at INTEGER,
    heard_at INTEGER,
    reason TEXT,
    PRIMARY KEY (event, target),
    CHECK (due_at IS NULL OR heard_at IS NULL),
    CHECK ((first_tried_at IS NULL) = (tries = 0))
) STRICT, WITHOUT ROWID;

CREATE INDEX call_due ON call (owner, target, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX call_held ON call (event, due_at, tries) WHERE due_at IS NULL AND tries = 0;
CREATE INDEX call_given_up ON call (owner, due_at, heard_at, tries)
    WHERE due_at IS NULL AND heard_at IS NULL AND tries > 0;

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

-- Numbers under one id. The size is kept, because a list shows the sizes of a hundred groups at once.
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
    position INTEGER NOT NULL,
    PRIMARY KEY (parent, child)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_child_of ON group_child (child);

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