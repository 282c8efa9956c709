/// What an operator asks. Counts read an index from end to end that is made for what they count; messages are found one
/// by one.
enum InspectionQuery: String, Query {
    case resends = """
        SELECT mmsc, count(*)
        FROM attempt
        WHERE is_resend
        GROUP BY mmsc
        """

    /// For each MMSC the message that it took first of those without a report. Identifiers rise with time.
    case oldestUnreported = """
        SELECT mmsc, (SELECT changed_at FROM message AS first WHERE first.id = oldest)
        FROM (
            SELECT mmsc, min(id) AS oldest
            FROM message INDEXED BY message_unreported
            WHERE state IN ('in_doubt', 'submitted') AND state = 'submitted'
            GROUP BY mmsc)
        """

    /// Identifiers rise with time: the least is the oldest. One that waits for another is younger than that.
    case unheardEvents = """
        SELECT count + (SELECT count(*) FROM event WHERE message IS NOT NULL AND due_at IS NULL AND tries = 0),
            (SELECT created_at FROM event WHERE id = oldest)
        FROM (SELECT count(*) AS count, min(id) AS oldest FROM event WHERE due_at IS NOT NULL)
        """

    /// How many events of each customer were given up, and why the newest of them was.
    case givenUpEvents = """
        SELECT kind, name, count, last_reason
        FROM (
            SELECT owner AS customer, count(*) AS count, max(id) AS newest
            FROM event INDEXED BY event_given_up
            WHERE due_at IS NULL AND heard_at IS NULL AND tries > 0
            GROUP BY owner)
        JOIN owner ON owner.id = customer
        JOIN event ON event.id = newest
        ORDER BY name
        """

    case batchesWithoutMedia = "SELECT count(*) FROM batch_progress WHERE media_due_at IS NOT NULL"

    /// Each index has a part of them.
    case openUploads = """
        SELECT (SELECT count(*) FROM upload WHERE lease_until IS NULL AND due_at IS NULL)
            + (SELECT count(*) FROM upload WHERE lease_until IS NOT NULL)
            + (SELECT count(*) FROM upload WHERE due_at IS NOT NULL)
        """

    /// Inbound messages of nobody's.
    case countQuarantined = "SELECT count(*) FROM inbound WHERE owner IS NULL"

    case listQuarantined = """
        SELECT id
        FROM inbound
        WHERE owner IS NULL
        ORDER BY received_at, rowid
        LIMIT :limit
        """

    /// Inbound messages that are kept for apps.
    case countByApp = """
        SELECT kind, name, (SELECT count(*) FROM inbound WHERE inbound.owner = owner.id)
        FROM owner
        WHERE kind = 'app'
        ORDER BY name
        """

    case inbound = """
        SELECT inbound.id, owner.kind, owner.name, sender, recipient, received_at, sent_at, client_reference, subject, text,
            media, other_recipients, mmsc
        FROM inbound
        LEFT JOIN owner ON owner.id = inbound.owner
        WHERE inbound.id = :name
        """

    /// The newest of an app, named with its project and a slash before.
    case listOfApp = """
        SELECT inbound.id
        FROM owner
        JOIN inbound ON inbound.owner = owner.id
        WHERE owner.kind = 'app' AND owner.name = :name
        ORDER BY inbound.received_at DESC
        LIMIT :limit
        """

    case countOfApp = """
        SELECT count(*)
        FROM owner
        JOIN inbound ON inbound.owner = owner.id
        WHERE owner.kind = 'app' AND owner.name = :name
        """

    case inboundEvents = """
        SELECT created_at, state, failure, message_id, tries, due_at, heard_at, last_reason
        FROM event
        WHERE inbound = :name
        ORDER BY id
        """

    case countByID = "SELECT count(*) FROM message WHERE id = :name"

    case listByID = "SELECT id FROM message WHERE id = :name LIMIT :limit"

    case countInBatch = "SELECT count(*) FROM message WHERE batch = :name"

    case listInBatch = "SELECT id FROM message WHERE batch = :name ORDER BY id LIMIT :limit"

    /// The index begins with the MMSC, of which there are few: each is found in one step from the one before.
    case countByMessageID = """
        WITH RECURSIVE reached (mmsc) AS (
            SELECT min(mmsc) FROM message WHERE message_id IS NOT NULL
            UNION ALL
            SELECT (SELECT min(message.mmsc) FROM message
                WHERE message.message_id IS NOT NULL AND message.mmsc > reached.mmsc)
            FROM reached
            WHERE reached.mmsc IS NOT NULL)
        SELECT count(*)
        FROM reached
        JOIN message ON message.mmsc = reached.mmsc AND message.message_id = :name
        """

    case listByMessageID = """
        WITH RECURSIVE reached (mmsc) AS (
            SELECT min(mmsc) FROM message WHERE message_id IS NOT NULL
            UNION ALL
            SELECT (SELECT min(message.mmsc) FROM message
                WHERE message.message_id IS NOT NULL AND message.mmsc > reached.mmsc)
            FROM reached
            WHERE reached.mmsc IS NOT NULL)
        SELECT message.id
        FROM reached
        JOIN message ON message.mmsc = reached.mmsc AND message.message_id = :name
        ORDER BY message.id
        LIMIT :limit
        """

    case message = """
        SELECT id, batch, recipient, carriers, state, failure, message_id, changed_at, attempts, network_time,
            status_text, mmsc, message_id, expire_at, coalesce(place, paused_until), shared_request
        FROM message
        WHERE id = :message
        """

    case sharing = """
        SELECT recipient
        FROM message
        WHERE batch = :batch AND shared_request = :request
        ORDER BY id
        """

    case attempts = """
        SELECT number, mmsc, ended_at, event, status_code, status_text, is_resend, answer
        FROM attempt
        WHERE message = :message
        ORDER BY number DESC
        LIMIT :limit
        """

    case cancelAttempts = """
        SELECT number, ended_at, outcome, reason
        FROM cancel_attempt
        WHERE message = :message
        ORDER BY number
        """

    case reports = """
        SELECT received_at, status, status_text, happened_at
        FROM report
        WHERE message = :message
        ORDER BY number
        """

    case events = """
        SELECT created_at, state, failure, message_id, tries, due_at, heard_at, last_reason
        FROM event
        WHERE batch = :batch AND (message = :message OR message IS NULL)
        ORDER BY id
        """
}
