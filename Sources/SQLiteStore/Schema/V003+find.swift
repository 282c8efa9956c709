extension V003 {
    /// What an operator's search needs. Messages to a number are found by `message_to`, hour by hour, and those under a
    /// reference by the indexes of each customer, so that no message costs more than before.
    static let find = """
        -- Finds what a handset sent. As in message_to the hour comes first, so that new rows lie side by side.
        CREATE INDEX inbound_from ON inbound (received_at / 3600000, sender);
        """
}
