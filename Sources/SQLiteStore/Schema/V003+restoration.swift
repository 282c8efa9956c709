extension V003 {
    /// What a copy of the database says of itself.
    static let restoration = """
        -- When a backup made this copy; NULL in a database that a gateway has run on.
        ALTER TABLE pulse ADD COLUMN copied_at INTEGER;
        """
}
