extension V001 {
    /// What gateways share beside the store: media and the keys that they make for themselves.
    static let media = """
        -- Each content once, named by its SHA-256. A picture is compressed already: it is kept beside the row as it is, and
        -- a change of the time does not touch it.
        CREATE TABLE medium (
            hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            content BYTEA,
            -- The object of a bucket that has the content in its place.
            object TEXT COLLATE "C",
            byte_count BIGINT NOT NULL,
            -- When it was last stored, by the server's clock.
            stored_at BIGINT NOT NULL,
            CHECK ((content IS NULL) <> (object IS NULL))
        ) WITH (\(isBusy));

        ALTER TABLE medium ALTER COLUMN content SET STORAGE EXTERNAL;

        CREATE INDEX medium_age ON medium (stored_at, hash);
        CREATE UNIQUE INDEX medium_object ON medium (object) WHERE object IS NOT NULL;

        -- Objects of the bucket that no row of medium has: either one is about to, or the object is to be removed. An object
        -- is noted before it is written, so that whatever a crash leaves in the bucket is known.
        CREATE TABLE loose_object (
            name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            noted_at BIGINT NOT NULL,
            -- Whether it is being removed, and no row may have it any more.
            is_doomed BOOLEAN NOT NULL
        ) WITH (\(isBusy));

        CREATE INDEX loose_object_fate ON loose_object (is_doomed, noted_at, name);

        -- Keys that the configuration does not give.
        CREATE TABLE gateway_key (
            name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            octets BYTEA NOT NULL
        );
        """
}
