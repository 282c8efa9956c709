extension V001 {
    /// What gateways share beside the store: media and the keys that they make for themselves.
    static let media = """
        -- Each content once, named by its SHA-256. A picture is compressed already: it is kept beside the row as it is, and
        -- a change of the time does not touch it.
        CREATE TABLE medium (
            hash TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            content BYTEA NOT NULL,
            -- When it was last stored, by the server's clock.
            stored_at BIGINT NOT NULL
        ) WITH (\(isBusy));

        ALTER TABLE medium ALTER COLUMN content SET STORAGE EXTERNAL;

        CREATE INDEX medium_age ON medium (stored_at, hash);

        -- Keys that the configuration does not give.
        CREATE TABLE gateway_key (
            name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            octets BYTEA NOT NULL
        );
        """
}
