extension V001 {
    /// Apps and webhooks that were made through the API.
    static let apps = """
        -- Apps, with the secrets in their texts sealed. The project is the owner that it is as a customer.
        CREATE TABLE app (
            id TEXT COLLATE "C" NOT NULL,
            project BIGINT NOT NULL REFERENCES owner (id),
            created_at BIGINT NOT NULL,
            text TEXT COLLATE "C" NOT NULL,
            PRIMARY KEY (project, id)
        );

        CREATE INDEX app_age ON app (created_at, id);

        -- Webhooks, also those of apps of the configuration, which are not in the table of apps.
        CREATE TABLE webhook (
            id TEXT COLLATE "C" NOT NULL,
            project BIGINT NOT NULL REFERENCES owner (id),
            app TEXT COLLATE "C" NOT NULL,
            created_at BIGINT NOT NULL,
            text TEXT COLLATE "C" NOT NULL,
            PRIMARY KEY (project, id)
        );

        CREATE INDEX webhook_age ON webhook (created_at, id);
        CREATE INDEX webhook_of ON webhook (project, app);
        """
}
