extension V001 {
    /// The processes that use the database, and what they have agreed upon.
    static let replicas = """
        -- Each process that runs. It counts as gone when it has not put off its end in time.
        CREATE TABLE replica (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            -- The data directory, which one process has at a time: what has the same home and another id is over.
            home TEXT COLLATE "C" NOT NULL UNIQUE,
            -- The start of the machine that it runs on: after another one, nobody knows whether it has ended there.
            boot TEXT NOT NULL,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            started_at TIMESTAMPTZ NOT NULL,
            expires_at TIMESTAMPTZ NOT NULL,
            -- Whether it has cleared up what those before it left; another that starts waits for that.
            is_ready BOOLEAN NOT NULL
        ) WITH (fillfactor = 50);

        -- The number of each process's last commit.
        CREATE TABLE commit_mark (
            home TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            commits BIGINT NOT NULL
        ) WITH (fillfactor = 50);

        -- Work that one process does at a time: it is `owner`, as long as that is a process that runs.
        CREATE TABLE duty (
            name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            owner TEXT COLLATE "C",
            -- How many owners there have been.
            epoch BIGINT NOT NULL,
            since TIMESTAMPTZ NOT NULL,
            -- Whether the MMSC takes nothing at present, as its owner says.
            is_down BOOLEAN NOT NULL
        ) WITH (fillfactor = 50);
        CREATE INDEX duty_owner ON duty (owner);

        -- The number of the last change of `queue_tally`, and the last position that was given out.
        CREATE TABLE queue_head (
            id BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
            version BIGINT NOT NULL,
            last_position BIGINT NOT NULL,
            -- Counts the changes of apps and webhooks.
            apps BIGINT NOT NULL
        ) WITH (fillfactor = 50);
        INSERT INTO queue_head (id, version, last_position, apps) VALUES (1, 0, 0, 0);

        -- How much each customer has waiting, and the change with which that became so.
        CREATE TABLE queue_tally (
            owner BIGINT NOT NULL PRIMARY KEY,
            waiting BIGINT NOT NULL,
            recipients BIGINT NOT NULL,
            version BIGINT NOT NULL
        ) WITH (fillfactor = 50);
        CREATE INDEX queue_tally_version ON queue_tally (version);
        """
}
