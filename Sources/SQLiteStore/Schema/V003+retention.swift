extension V003 {
    /// What the removal of batches needs.
    static let retention = """
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
        """
}
