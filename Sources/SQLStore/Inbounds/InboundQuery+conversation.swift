extension InboundQuery {
    /// The customer's reference of the message that its number last sent to a handset, whatever its result. Only the
    /// newest messages of each listed hour of expiry are read: a handset may get thousands in a test.
    static func conversation(in dialect: Dialect) -> String {
        """
        SELECT batch.client_reference
        FROM each_integer(:hours) AS listed
        \(message(in: dialect))
        JOIN batch ON batch.id = message.batch
        WHERE batch.originator = :number
            AND (message.message_id IS NOT NULL OR message.may_have_arrived OR message.state = 'submitting')
            AND \(lastSent) BETWEEN :since AND :until
        ORDER BY \(lastSent) DESC, message.id DESC
        LIMIT 1
        """
    }

    /// Without LATERAL, which SQLite does not know, PostgreSQL would look for the messages of the hours anew beside
    /// every message.
    private static func message(in dialect: Dialect) -> String {
        switch dialect {
        case .sqlite: "JOIN message ON message.id IN (\(ofHour))"
        case .postgres: "JOIN LATERAL (\(ofHour)) AS found ON TRUE JOIN message ON message.id = found.id"
        }
    }

    private static let ofHour = """
        SELECT sent.id
            FROM message AS sent INDEXED BY message_to
            WHERE sent.expire_at / 3600000 = listed.value AND sent.recipient = :handset AND sent.owner = :owner
            ORDER BY sent.id DESC
            LIMIT 20
        """

    private static let lastSent = """
        coalesce(
                (SELECT ended_at FROM attempt WHERE attempt.message = message.id ORDER BY number DESC LIMIT 1),
                message.changed_at)
        """
}
