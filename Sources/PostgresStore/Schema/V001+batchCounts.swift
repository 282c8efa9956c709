extension V001 {
    /// How many batches each minute has: a list of a million is counted and paged by these.
    static let batchCounts = """
        CREATE TABLE batch_count (
            owner BIGINT NOT NULL,
            minute BIGINT NOT NULL,
            originator TEXT COLLATE "C" NOT NULL,
            count BIGINT NOT NULL CHECK (count >= 0),
            PRIMARY KEY (owner, minute, originator)
        ) WITH (\(isUpdated));

        -- Keeps the counts true whatever statement touches a batch. A minute without batches has no row.
        CREATE FUNCTION count_batch() RETURNS TRIGGER LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                UPDATE batch_count
                SET count = batch_count.count - 1
                WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator;
                DELETE FROM batch_count
                WHERE owner = OLD.owner AND minute = OLD.created_at / 60000 AND originator = OLD.originator
                    AND batch_count.count = 0;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO batch_count (owner, minute, originator, count)
                VALUES (NEW.owner, NEW.created_at / 60000, NEW.originator, 1)
                ON CONFLICT (owner, minute, originator) DO UPDATE SET count = batch_count.count + 1;
            END IF;
            RETURN NULL;
        END
        $$;

        CREATE TRIGGER batch_counted AFTER INSERT ON batch
            FOR EACH ROW EXECUTE FUNCTION count_batch();
        CREATE TRIGGER batch_recounted AFTER UPDATE OF originator ON batch
            FOR EACH ROW WHEN (OLD.originator <> NEW.originator) EXECUTE FUNCTION count_batch();
        CREATE TRIGGER batch_discounted AFTER DELETE ON batch
            FOR EACH ROW EXECUTE FUNCTION count_batch();
        """
}
