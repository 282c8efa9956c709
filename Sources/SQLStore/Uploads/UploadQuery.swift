/// Statements for inbound messages whose media goes into their owner's bucket.
enum UploadQuery: Int, Query {
    case insert, endLeases, shortenLeases, endPauses, shortenPauses, nextDue, forgetPauses, nextOwner, waiting,
        claim, postpone, end, recordMedia

    var sql: String {
        switch self {
        case .insert:
            """
            INSERT INTO upload (inbound, owner, token, notifies_owner)
            VALUES (:inbound, :owner, :token, :notifies_owner)
            """
        // Ends leases that are over, except for those in a list.
        case .endLeases:
            """
            UPDATE upload
            SET lease_until = NULL
            WHERE lease_until <= :now AND inbound NOT IN (SELECT value FROM each_text(:ongoing))
            """
        // Such a lease was given before the clock was set back.
        case .shortenLeases:
            """
            UPDATE upload
            SET lease_until = :last
            WHERE lease_until > :last
            """
        case .endPauses:
            """
            UPDATE upload
            SET due_at = NULL
            WHERE due_at <= :now
            """
        case .shortenPauses:
            """
            UPDATE upload
            SET due_at = :last
            WHERE due_at > :last
            """
        case .nextDue:
            "SELECT min(due_at) FROM upload WHERE due_at IS NOT NULL"
        // At the start of a process. These pauses do not count as used: otherwise a process that starts often would
        // soon make the last try.
        case .forgetPauses:
            """
            UPDATE upload
            SET due_at = NULL, tries = tries - 1
            WHERE inbound IN (SELECT inbound FROM upload WHERE due_at IS NOT NULL LIMIT :limit)
            """
        // One step in the index for each owner.
        case .nextOwner:
            """
            SELECT owner.id, owner.kind, owner.name
            FROM owner
            WHERE owner.id = (SELECT min(owner) FROM upload WHERE lease_until IS NULL AND due_at IS NULL AND owner > :after)
            """
        // Identifiers rise with time, so the least came first.
        case .waiting:
            """
            SELECT inbound
            FROM upload
            WHERE owner = :owner AND lease_until IS NULL AND due_at IS NULL
            ORDER BY inbound
            LIMIT :limit
            """
        case .claim:
            """
            UPDATE upload
            SET lease_until = :lease_until
            WHERE inbound = :inbound
            RETURNING token, tries
            """
        case .postpone:
            """
            UPDATE upload
            SET lease_until = NULL, due_at = :due_at, tries = tries + 1
            WHERE inbound = :inbound
            """
        case .end:
            "DELETE FROM upload WHERE inbound = :inbound RETURNING owner, notifies_owner"
        case .recordMedia:
            "UPDATE inbound SET media = :media WHERE id = :inbound"
        }
    }
}
