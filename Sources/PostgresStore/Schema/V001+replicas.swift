extension V001 {
    /// The processes that use the database.
    static let replicas = """
        -- Each process that writes, and the number of its last commit.
        CREATE TABLE replica (
            id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
            started_at TIMESTAMPTZ NOT NULL,
            commits BIGINT NOT NULL
        ) WITH (fillfactor = 50);
        """
}
