-- Whether it goes before all others of its customer.
ALTER TABLE message ADD COLUMN is_urgent INTEGER NOT NULL DEFAULT 0 CHECK (is_urgent IN (0, 1));

DROP INDEX message_ready;
CREATE INDEX message_ready ON message (carriers, owner, is_urgent, magnitude, position)
    WHERE position IS NOT NULL;

-- With the owner, whose waiting messages are counted at each start.
DROP INDEX message_unsettled;
CREATE INDEX message_unsettled ON message (expire_at, id, state, carriers, owner)
    WHERE state IN ('queued', 'in_doubt');

-- The API's name for what happened, and what happened in a form of its own.
ALTER TABLE event ADD COLUMN notice TEXT CHECK (notice IS NULL OR (batch IS NULL AND inbound IS NULL));
ALTER TABLE event ADD COLUMN notice_text TEXT CHECK ((notice IS NULL) = (notice_text IS NULL));
-- Where calls about it go; NULL for the customer's own webhooks.
ALTER TABLE event ADD COLUMN notice_callback_url TEXT CHECK (notice_callback_url IS NULL OR notice IS NOT NULL);

-- What the customer's API gives back, in a form of its own.
ALTER TABLE inbound ADD COLUMN echo TEXT NOT NULL DEFAULT '';
-- Whether the customer's API is still to read it; its event follows that.
ALTER TABLE inbound ADD COLUMN is_unread INTEGER NOT NULL DEFAULT 0 CHECK (is_unread IN (0, 1));

CREATE INDEX inbound_unread ON inbound (owner, received_at, id) WHERE is_unread;

-- Apps have not been notified of what came before.
UPDATE inbound
SET is_unread = 1
WHERE owner IN (SELECT id FROM owner WHERE kind = 'app')
    AND NOT EXISTS (SELECT 1 FROM event WHERE event.inbound = inbound.id);

-- A line in the lists of an app: a message that it sent or received.
CREATE TABLE app_message (
    id TEXT NOT NULL PRIMARY KEY,
    -- The numbers of the project and of the app among the owners.
    project INTEGER NOT NULL REFERENCES owner (id),
    owner INTEGER NOT NULL REFERENCES owner (id),
    -- 0: to a contact, 1: to the app.
    direction INTEGER NOT NULL CHECK (direction IN (0, 1)),
    is_of_conversation INTEGER NOT NULL CHECK (is_of_conversation IN (0, 1)),
    channel TEXT NOT NULL,
    identity TEXT NOT NULL,
    contact TEXT,
    conversation TEXT,
    accepted_at INTEGER NOT NULL,
    -- After that time it is in no list; NULL: no such time.
    kept_until INTEGER,
    batch TEXT REFERENCES batch (id),
    inbound TEXT REFERENCES inbound (id) ON DELETE CASCADE,
    -- Which of the messages that the inbound message makes, from 0.
    number INTEGER,
    CHECK ((batch IS NULL) <> (inbound IS NULL)),
    CHECK ((inbound IS NULL) = (number IS NULL))
) STRICT, WITHOUT ROWID;

-- Each has what lists choose by, so that a line that is left out is not read.
CREATE INDEX app_message_of_app ON app_message
    (owner, accepted_at, id, project, direction, is_of_conversation, channel, identity, kept_until);
CREATE INDEX app_message_with ON app_message
    (project, identity, accepted_at, id, owner, direction, is_of_conversation, channel, kept_until);
CREATE INDEX app_message_of_contact ON app_message
    (contact, accepted_at, id, project, owner, direction, is_of_conversation, channel, identity, kept_until)
    WHERE contact IS NOT NULL;
CREATE INDEX app_message_in_conversation ON app_message
    (conversation, accepted_at, id, contact, project, owner, direction, is_of_conversation, channel, identity,
        kept_until)
    WHERE conversation IS NOT NULL;
-- Who has sent something to an app.
CREATE INDEX app_message_received ON app_message (owner, identity, channel) WHERE direction = 1;
CREATE INDEX app_message_age ON app_message (kept_until) WHERE kept_until IS NOT NULL;
-- For lines that are removed with it. Batches are never removed.
CREATE INDEX app_message_of_inbound ON app_message (inbound) WHERE inbound IS NOT NULL;

-- What offers its recipient something to answer with, whether lists have it or not.
CREATE TABLE app_offer (
    owner INTEGER NOT NULL REFERENCES owner (id),
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    offered_at INTEGER NOT NULL,
    batch TEXT NOT NULL REFERENCES batch (id),
    PRIMARY KEY (owner, sender, recipient, offered_at, batch)
) STRICT, WITHOUT ROWID;

CREATE INDEX app_offer_age ON app_offer (offered_at);

-- Apps, with the secrets in their texts sealed. The project is the owner that it is as a customer.
CREATE TABLE app (
    id TEXT NOT NULL,
    project INTEGER NOT NULL REFERENCES owner (id),
    created_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX app_age ON app (created_at, id);

-- Webhooks, also those of apps of the configuration, which are not in the table of apps.
CREATE TABLE webhook (
    id TEXT NOT NULL,
    project INTEGER NOT NULL REFERENCES owner (id),
    app TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (project, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX webhook_age ON webhook (created_at, id);
CREATE INDEX webhook_of ON webhook (project, app);

CREATE TABLE contact (
    id TEXT NOT NULL PRIMARY KEY,
    project INTEGER NOT NULL REFERENCES owner (id),
    -- All of them in their order; the rows of contact_identity find the contact by each.
    identities TEXT NOT NULL,
    external_id TEXT,
    text TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT;

CREATE INDEX contact_listed ON contact (project, id);
CREATE INDEX contact_external ON contact (project, external_id, id) WHERE external_id IS NOT NULL;

CREATE TABLE contact_identity (
    project INTEGER NOT NULL REFERENCES owner (id),
    identity TEXT NOT NULL,
    channel TEXT NOT NULL,
    contact TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    -- Whether another contact has the same identity on another channel.
    is_shared INTEGER NOT NULL DEFAULT 0 CHECK (is_shared IN (0, 1)),
    PRIMARY KEY (project, identity, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_identity_of ON contact_identity (contact);
CREATE INDEX contact_identity_shared ON contact_identity (project, identity) WHERE is_shared;

-- Contacts that became another by a merge, as long as messages in lists are still to be given to that one.
CREATE TABLE contact_move (
    other TEXT NOT NULL PRIMARY KEY,
    contact TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX contact_move_to ON contact_move (contact);

CREATE TABLE conversation (
    id TEXT NOT NULL PRIMARY KEY,
    -- The app.
    owner INTEGER NOT NULL REFERENCES owner (id),
    -- The project of the app.
    project INTEGER NOT NULL REFERENCES owner (id),
    contact TEXT NOT NULL REFERENCES contact (id) ON DELETE CASCADE,
    is_active INTEGER NOT NULL CHECK (is_active IN (0, 1)),
    channel TEXT NOT NULL,
    last_received INTEGER,
    last_used INTEGER NOT NULL,
    text TEXT NOT NULL,
    revision INTEGER NOT NULL CHECK (revision >= 0)
) STRICT;

CREATE UNIQUE INDEX conversation_active ON conversation (owner, contact) WHERE is_active;
CREATE INDEX conversation_in_project ON conversation (project, id);
CREATE INDEX conversation_of_app ON conversation (owner, id);
CREATE INDEX conversation_active_of_app ON conversation (owner, id) WHERE is_active;
CREATE INDEX conversation_with ON conversation (contact, id);
CREATE INDEX conversation_used ON conversation (project, last_used, id);
CREATE INDEX conversation_used_of_app ON conversation (owner, last_used, id);
CREATE INDEX conversation_active_used ON conversation (owner, last_used, id) WHERE is_active;

-- Batches of apps as they were asked for, until their recipients have become messages, and what became of them.
CREATE TABLE app_batch (
    id TEXT NOT NULL PRIMARY KEY,
    -- The app.
    owner INTEGER NOT NULL REFERENCES owner (id),
    -- The project of the app.
    project INTEGER NOT NULL REFERENCES owner (id),
    created_at INTEGER NOT NULL,
    send_after INTEGER NOT NULL,
    is_later INTEGER NOT NULL CHECK (is_later IN (0, 1)),
    recipient_count INTEGER NOT NULL CHECK (recipient_count >= 0),
    phase TEXT NOT NULL CHECK (phase IN ('ready', 'scheduled', 'processed', 'cancelled', 'failed')),
    processed INTEGER NOT NULL CHECK (processed BETWEEN 0 AND recipient_count),
    metadata TEXT NOT NULL,
    -- The names and values that it is found by, in their order.
    keys TEXT NOT NULL,
    -- When recipients become messages; 0 for one that is ready, so that no clock that is set delays it. NULL: it
    -- has ended.
    due_at INTEGER,
    ended_at INTEGER,
    CHECK ((phase IN ('ready', 'scheduled')) = (due_at IS NOT NULL)),
    CHECK ((due_at IS NULL) = (ended_at IS NOT NULL))
) STRICT;

CREATE INDEX app_batch_due ON app_batch (owner, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX app_batch_next ON app_batch (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX app_batch_ended ON app_batch (ended_at) WHERE ended_at IS NOT NULL;

-- What was asked for, which may be megabytes; it is gone when the batch has ended.
CREATE TABLE app_batch_request (
    batch TEXT NOT NULL PRIMARY KEY REFERENCES app_batch (id) ON DELETE CASCADE,
    request BLOB NOT NULL
) STRICT;

CREATE TABLE app_batch_key (
    project INTEGER NOT NULL REFERENCES owner (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    batch TEXT NOT NULL REFERENCES app_batch (id) ON DELETE CASCADE,
    PRIMARY KEY (project, name, value, batch)
) STRICT, WITHOUT ROWID;

CREATE INDEX app_batch_key_of ON app_batch_key (batch);