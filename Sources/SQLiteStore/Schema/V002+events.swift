extension V002 {
    /// What a customer's API notifies of in words of its own.
    static let events = """
        -- The API's name for what happened, and what happened in a form of its own.
        ALTER TABLE event ADD COLUMN notice TEXT CHECK (notice IS NULL OR (batch IS NULL AND inbound IS NULL));
        ALTER TABLE event ADD COLUMN notice_text TEXT CHECK ((notice IS NULL) = (notice_text IS NULL));
        -- Where calls about it go; NULL for the customer's own webhooks.
        ALTER TABLE event ADD COLUMN notice_callback_url TEXT CHECK (notice_callback_url IS NULL OR notice IS NOT NULL);
        """
}
