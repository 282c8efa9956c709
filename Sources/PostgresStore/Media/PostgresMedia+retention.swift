package import FoundationEssentials
package import GatewayCore
import SQLStore

/// What a sweep asks, in slices: each statement is short, however much is kept.
extension PostgresMedia {
    package func totalBytes() async throws(StoreFailure) -> Int {
        var (total, last) = (0, "")
        while true {
            let slice = try await sum(after: last)
            total += slice.bytes
            guard let next = slice.last else { return total }
            last = next
        }
    }

    private func sum(after hash: String) async throws(StoreFailure) -> (bytes: Int, last: String?) {
        try await ask { (connection) throws(SQLError) in
            let slice: Bindings = [":after": .text(hash), ":limit": .integer(5_000)]
            return try connection.first(MediumQuery.sum, slice) { (row) throws(SQLError) in
                (try row.integer(), row.optionalText())
            } ?? (0, nil)
        }
    }

    package func content(
        olderThan age: Duration, now: Date, after last: SharedMedium?, limit: Int
    ) async throws(StoreFailure) -> [SharedMedium] {
        let slice: Bindings = [
            ":stored_at": .integer(last?.storedAt ?? .min), ":after": .text(last?.hash ?? ""),
            ":now": .time(now), ":age": .integer(Int64(age.seconds * 1000)), ":limit": .integer(limit),
        ]
        return try await ask { (connection) throws(SQLError) in
            try connection.rows(MediumQuery.old, slice) { (row) throws(SQLError) in
                SharedMedium(
                    hash: try row.text(), byteCount: try row.integer(), storedAt: Int64(try row.integer()))
            }
        }
    }

    package func remove(_ media: [SharedMedium]) async throws(StoreFailure) -> [SharedMedium] {
        guard let newest = media.map(\.storedAt).max() else { return [] }
        // All are older than an hour, and whatever was stored since has a time that is later than any of them.
        let listed: Bindings = [
            ":hashes": .text(JSONColumn.plainList(media.map(\.hash))), ":stored_at": .integer(newest),
        ]
        let removed = try await ask { (connection) throws(SQLError) in
            try connection.rows(MediumQuery.remove, listed) { (row) throws(SQLError) in try row.text() }
        }
        let hashes = Set(removed)
        return media.filter { hashes.contains($0.hash) }
    }
}
