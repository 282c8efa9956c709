import SQLStore

/// Statements on media and keys. Each is a transaction of its own and takes no lock but that of its rows, so that none
/// waits for what the store writes, or makes it wait.
enum MediumQuery: Int, Query {
    case keep, renew, content, identity, changeIdentity, kept, sum, old, remove, hashes
    case note, keepObject, doom, doomed, forget
    case key, keepKey, keys

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
            INSERT INTO medium (hash, content, byte_count, stored_at)
            VALUES (:hash, :content, CAST(:byte_count AS BIGINT), \(Self.now))
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
        case .content: "SELECT content, object, byte_count FROM medium WHERE hash = :hash"
        case .identity: "SELECT identity FROM pulse WHERE id = 1"
        case .changeIdentity: "UPDATE pulse SET identity = CAST(gen_random_uuid() AS TEXT) WHERE id = 1"
        case .kept: "SELECT hash FROM medium WHERE hash IN (SELECT value FROM each_text(:hashes))"
        case .sum:
            """
            SELECT CAST(coalesce(sum(byte_count), 0) AS BIGINT), max(hash) FROM (
                SELECT hash, byte_count FROM medium WHERE hash > :after ORDER BY hash LIMIT :limit
            ) AS slice
            """
        case .old:
            """
            SELECT hash, byte_count, stored_at FROM medium
            WHERE (stored_at, hash) > (:stored_at, :after)
                AND stored_at < least(CAST(:now AS BIGINT), \(Self.now)) - CAST(:age AS BIGINT)
            ORDER BY stored_at, hash LIMIT :limit
            """
        case .remove:
            // Whoever stores it again meanwhile either changes the time first, and it stays, or finds no row and keeps
            // the content anew.
            """
            WITH removed AS (
                DELETE FROM medium WHERE hash IN (SELECT value FROM each_text(:hashes)) AND stored_at <= :stored_at
                RETURNING hash, object
            ), noted AS (
                INSERT INTO loose_object (name, noted_at, is_doomed)
                SELECT object, \(Self.now), TRUE FROM removed WHERE object IS NOT NULL
            )
            SELECT hash FROM removed
            """
        case .hashes: "SELECT hash FROM medium WHERE hash > :after ORDER BY hash LIMIT :limit"
        case .note:
            """
            INSERT INTO loose_object (name, noted_at, is_doomed) VALUES (:object, \(Self.now), FALSE)
            ON CONFLICT (name) DO UPDATE SET noted_at = excluded.noted_at WHERE NOT loose_object.is_doomed
            """
        case .keepObject:
            // Who dooms the object meanwhile either waits for this, and finds no row, or is waited for. Where the content
            // has another object, it keeps that, and this one stays loose.
            """
            WITH kept AS (
                INSERT INTO medium (hash, object, byte_count, stored_at)
                SELECT :hash, name, CAST(:byte_count AS BIGINT), \(Self.now)
                FROM (SELECT name FROM loose_object WHERE name = :object AND NOT is_doomed FOR UPDATE) AS noted
                ON CONFLICT (hash) DO UPDATE SET stored_at = excluded.stored_at WHERE \(Self.isOldEnough)
                RETURNING object
            )
            DELETE FROM loose_object WHERE name IN (SELECT object FROM kept WHERE object = :object)
            """
        case .doom:
            // An hour is more than it takes to write an object and its row. One that a row has is never doomed, whatever
            // the note says.
            """
            UPDATE loose_object SET is_doomed = TRUE
            WHERE NOT is_doomed AND noted_at < \(Self.now) - 3600000
                AND NOT EXISTS (SELECT 1 FROM medium WHERE medium.object = loose_object.name)
            """
        case .doomed:
            """
            SELECT name, noted_at FROM loose_object
            WHERE is_doomed AND (noted_at, name) > (:noted_at, :after)
            ORDER BY noted_at, name LIMIT :limit
            """
        case .forget: "DELETE FROM loose_object WHERE name IN (SELECT value FROM each_text(:objects))"
        case .key: "SELECT octets FROM gateway_key WHERE name = :name"
        case .keepKey: "INSERT INTO gateway_key (name, octets) VALUES (:name, :octets) ON CONFLICT (name) DO NOTHING"
        case .keys: "SELECT name, octets FROM gateway_key ORDER BY name"
        }
    }
}
