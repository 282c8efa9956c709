extension V003 {
    /// Calls that come one after the other at different targets.
    static let calls = """
        -- The target whose calls about the message come first; NULL where the call waits for those of its own alone.
        ALTER TABLE call ADD COLUMN follows TEXT;
        """
}
