/// Inbound messages, and lists of them with their counts.
enum InboundQuery: String, Query {
    case insert = """
        INSERT INTO inbound (
            id, owner, sender, recipient, received_at, sent_at, client_reference, subject, text, media)
        VALUES (
            :id, :owner, :sender, :recipient, :received_at, :sent_at, :client_reference, :subject, :text, :media)
        """

    case find = """
        SELECT inbound.id, owner.kind, owner.name, sender, recipient, received_at, sent_at, client_reference, subject, text,
            media
        FROM inbound
        JOIN owner ON owner.id = inbound.owner
        WHERE inbound.id = :id
        """

    case count = """
        SELECT count(*)
        FROM inbound
        WHERE owner = :owner AND received_at >= :from AND received_at < :until
        """

    case list = """
        SELECT inbound.id, owner.kind, owner.name, sender, recipient, received_at, sent_at, client_reference, subject, text,
            media
        FROM inbound
        JOIN owner ON owner.id = inbound.owner
        WHERE inbound.rowid IN (
            SELECT rowid
            FROM inbound
            WHERE owner = :owner AND received_at >= :from AND received_at < :until
            ORDER BY received_at DESC, rowid DESC
            LIMIT :limit OFFSET :offset)
        ORDER BY received_at DESC, inbound.rowid DESC
        """

    case countTo = """
        SELECT count(*)
        FROM inbound INDEXED BY inbound_to
        WHERE owner = :owner AND recipient IN (SELECT value FROM json_each(:recipients)) AND received_at >= :from
            AND received_at < :until
        """

    case listTo = """
        SELECT inbound.id, owner.kind, owner.name, sender, recipient, received_at, sent_at, client_reference, subject, text,
            media
        FROM inbound
        JOIN owner ON owner.id = inbound.owner
        WHERE inbound.rowid IN (
            SELECT rowid
            FROM inbound INDEXED BY inbound_to
            WHERE owner = :owner AND recipient IN (SELECT value FROM json_each(:recipients)) AND received_at >= :from
                AND received_at < :until
            ORDER BY received_at DESC, rowid DESC
            LIMIT :limit OFFSET :offset)
        ORDER BY received_at DESC, inbound.rowid DESC
        """

    case countReferenced = """
        SELECT count(*)
        FROM inbound
        WHERE owner = :owner AND client_reference = :client_reference AND received_at >= :from AND received_at < :until
            AND (:recipients IS NULL OR recipient IN (SELECT value FROM json_each(:recipients)))
        """

    case listReferenced = """
        SELECT inbound.id, owner.kind, owner.name, sender, recipient, received_at, sent_at, client_reference, subject, text,
            media
        FROM inbound
        JOIN owner ON owner.id = inbound.owner
        WHERE inbound.rowid IN (
            SELECT rowid
            FROM inbound
            WHERE owner = :owner AND client_reference = :client_reference AND received_at >= :from AND received_at < :until
                AND (:recipients IS NULL OR recipient IN (SELECT value FROM json_each(:recipients)))
            ORDER BY received_at DESC, rowid DESC
            LIMIT :limit OFFSET :offset)
        ORDER BY received_at DESC, inbound.rowid DESC
        """
}
