package import GatewayCore
import SQLStore

/// Content whose bytes are in a bucket.
extension PostgresMedia {
    /// Notes an object, writes it, and gives it to the row of the content. Whatever ends this in between, the note or the
    /// row says that the object is there.
    func keep(_ bytes: [UInt8], as hash: String, in storage: any ContentStorage) async throws(StoreFailure) {
        let object = Self.newObject(hash)
        _ = try await ask { (connection) throws(SQLError) in
            try connection.run(MediumQuery.note, [":object": .text(object)])
        }
        try await storage.put(bytes, hash: hash, as: object)
        let row: Bindings = [":hash": .text(hash), ":object": .text(object), ":byte_count": .integer(bytes.count)]
        _ = try await ask { (connection) throws(SQLError) in try connection.run(MediumQuery.keepObject, row) }
        guard try await missing(among: [hash]).isEmpty else {
            throw .unavailable("the bucket of media.shared_storage took an hour for one object")
        }
    }

    package func removeLoose() async throws(StoreFailure) {
        // The objects of a bucket that is in the configuration no more stay noted, for the time when it is again.
        guard let storage else { return }
        _ = try await ask { (connection) throws(SQLError) in try connection.run(MediumQuery.doom) }
        while true {
            let doomed = try await ask { (connection) throws(SQLError) in
                try connection.rows(MediumQuery.doomed, [":limit": .integer(Self.slice)]) { (row) throws(SQLError) in
                    try row.text()
                }
            }
            guard !doomed.isEmpty else { return }
            let (removed, failure) = await Self.remove(doomed, from: storage)
            let names: Bindings = [":objects": .text(JSONColumn.plainList(removed))]
            _ = try await ask { (connection) throws(SQLError) in try connection.run(MediumQuery.forget, names) }
            if let failure { throw failure }
        }
    }

    /// Removes all of them, some at a time.
    ///
    /// - Returns: those that are gone, and why others are not.
    private static func remove(
        _ objects: [String], from storage: any ContentStorage
    ) async -> (removed: [String], failure: StoreFailure?) {
        var (removed, failure): ([String], StoreFailure?) = ([], nil)
        await withTaskGroup(of: (String, StoreFailure?).self) { group in
            var rest = objects[...]
            func removeNext() {
                guard let object = rest.popFirst() else { return }
                group.addTask {
                    do throws(StoreFailure) { try await storage.remove(object) } catch { return (object, error) }
                    return (object, nil)
                }
            }
            for _ in 0..<removalsAtOnce { removeNext() }
            for await (object, reason) in group {
                if let reason { failure = reason } else { removed.append(object) }
                // A bucket that is away is not asked for each.
                if failure == nil { removeNext() }
            }
        }
        return (removed, failure)
    }

    /// A name that no object has or will have: content that was removed and is stored again gets another one.
    private static func newObject(_ hash: String) -> String {
        "\(hash.prefix(2))/\(hash)-\(RandomSource.system.octets(8).hexadecimal)"
    }

    private static let slice = 500
    private static let removalsAtOnce = 8
}
