-- The target whose calls about the message come first; NULL where the call waits for those of its own alone.
ALTER TABLE call ADD COLUMN follows TEXT;

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

-- Batches that are being removed in several commits. Customers can no longer read them.
CREATE TABLE removal (
    batch TEXT NOT NULL PRIMARY KEY REFERENCES batch (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- A batch stays as long as one of these has it.
CREATE INDEX app_message_of_batch ON app_message (batch) WHERE batch IS NOT NULL;
CREATE INDEX app_offer_of_batch ON app_offer (batch);

-- A minute without batches has no row.
DROP TRIGGER batch_recounted;
CREATE TRIGGER batch_recounted AFTER UPDATE OF originator ON batch WHEN OLD.originator <> NEW.originator BEGIN
    UPDATE batch_count SET count = count - 1
    WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator;
    DELETE FROM batch_count
    WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator AND count = 0;
    INSERT INTO batch_count (owner, minute, originator, count)
    VALUES (NEW.owner, NEW.created_at / 60000, NEW.originator, 1)
    ON CONFLICT (owner, minute, originator) DO UPDATE SET count = count + 1;
END;

DROP TRIGGER batch_discounted;
CREATE TRIGGER batch_discounted AFTER DELETE ON batch BEGIN
    UPDATE batch_count SET count = count - 1
    WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator;
    DELETE FROM batch_count
    WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator AND count = 0;
END;

-- Finds what a handset sent. As in message_to the hour comes first, so that new rows lie side by side.
CREATE INDEX inbound_from ON inbound (received_at / 3600000, sender);

-- When a backup made this copy; NULL in a database that a gateway has run on.
ALTER TABLE pulse ADD COLUMN copied_at INTEGER;