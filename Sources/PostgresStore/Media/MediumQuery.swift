import SQLStore

/// Statements on media and keys. Each is a transaction of its own and takes no lock but that of its rows, so that none
/// waits for what the store writes, or makes it wait.
enum MediumQuery: Int, Query {
    case keep, renew, bytes, identity, kept, sum, old, remove, key, keepKey, hashes, keys

    /// By the server's clock.
    private static let now = "CAST(extract(epoch FROM now()) * 1000 AS BIGINT)"
    /// Content is spared for an hour after it was stored. This is less, so that whoever finds its time new enough has
    /// half an hour left for naming it in a row of the store. Many messages that have one picture change its row twice
    /// an hour.
    private static let isOldEnough = "medium.stored_at < \(now) - 1800000"

    var sql: String {
        switch self {
        case .keep:
            // The content of a row that is there is neither read nor written.
            """
            INSERT INTO medium (hash, content, stored_at) VALUES (:hash, :content, \(Self.now))
            ON CONFLICT (hash) DO UPDATE SET stored_at = excluded.stored_at WHERE \(Self.isOldEnough)
            """
        case .renew:
            """
            WITH renewed AS (
                UPDATE medium SET stored_at = \(Self.now) WHERE hash = :hash AND \(Self.isOldEnough) RETURNING hash
            )
            SELECT EXISTS (SELECT 1 FROM medium WHERE hash = :hash AND NOT \(Self.isOldEnough))
                OR EXISTS (SELECT 1 FROM renewed)
            """
        case .bytes: "SELECT content FROM medium WHERE hash = :hash"
        case .identity: "SELECT identity FROM pulse WHERE id = 1"
        case .kept: "SELECT hash FROM medium WHERE hash IN (SELECT value FROM each_text(:hashes))"
        case .sum:
            // The length of content is known without reading it.
            """
            SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT), max(hash) FROM (
                SELECT hash, octet_length(content) AS bytes FROM medium WHERE hash > :after ORDER BY hash LIMIT :limit
            ) AS slice
            """
        case .old:
            """
            SELECT hash, octet_length(content), stored_at FROM medium
            WHERE (stored_at, hash) > (:stored_at, :after)
                AND stored_at < least(CAST(:now AS BIGINT), \(Self.now)) - CAST(:age AS BIGINT)
            ORDER BY stored_at, hash LIMIT :limit
            """
        case .remove:
            // Whoever stores it again meanwhile either changes the time first, and it stays, or finds no row and keeps
            // the content anew.
            """
            DELETE FROM medium WHERE hash IN (SELECT value FROM each_text(:hashes)) AND stored_at <= :stored_at
            RETURNING hash
            """
        case .key: "SELECT octets FROM gateway_key WHERE name = :name"
        case .keepKey: "INSERT INTO gateway_key (name, octets) VALUES (:name, :octets) ON CONFLICT (name) DO NOTHING"
        case .hashes: "SELECT hash FROM medium WHERE hash > :after ORDER BY hash LIMIT :limit"
        case .keys: "SELECT name, octets FROM gateway_key ORDER BY name"
        }
    }
}
