package import GatewayCore
import SQLStore

/// Content whose bytes are in a bucket.
extension PostgresMedia {
    /// Notes an object, writes it, and gives it to the row of the content. Whatever ends this in between, the note or the
    /// row says that the object is there.
    func keep(_ bytes: [UInt8], as hash: String, in storage: any ContentStorage) async throws(StoreFailure) {
        let object = names.take(for: hash)
        _ = try await ask { (connection) throws(SQLError) in
            try connection.run(MediumQuery.note, [":object": .text(object)])
        }
        do throws(StoreFailure) { try await storage.put(bytes, hash: hash, as: object) } catch {
            // The next try has the same name, so that an outage leaves one note of each content and not of each try.
            names.giveBack(object, of: hash)
            throw error
        }
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
        var (last, failure): (LooseObject?, StoreFailure?) = (nil, nil)
        while true {
            let doomed = try await doomed(after: last)
            last = doomed.last
            guard last != nil else { break }
            let removal = await Self.remove(doomed.map(\.name), from: storage)
            let names: Bindings = [":objects": .text(JSONColumn.plainList(removal.removed))]
            _ = try await ask { (connection) throws(SQLError) in try connection.run(MediumQuery.forget, names) }
            failure = removal.failure ?? failure
            guard !removal.isBrokenOff else { break }
        }
        if let failure { throw failure }
    }

    private struct LooseObject {
        let name: String
        let notedAt: Int64
    }

    private func doomed(after last: LooseObject?) async throws(StoreFailure) -> [LooseObject] {
        let slice: Bindings = [
            ":noted_at": .integer(last?.notedAt ?? .min), ":after": .text(last?.name ?? ""),
            ":limit": .integer(Self.slice),
        ]
        return try await ask { (connection) throws(SQLError) in
            try connection.rows(MediumQuery.doomed, slice) { (row) throws(SQLError) in
                LooseObject(name: try row.text(), notedAt: Int64(try row.integer()))
            }
        }
    }

    private struct Removal {
        var removed: [String] = []
        /// Why the last one that is still there could not be removed.
        var failure: StoreFailure?
        /// Several in a row could not be removed: the bucket is away, and is not asked for each.
        var isBrokenOff = false
    }

    /// Removes all of them, some at a time. One that cannot be removed stays for the next sweep, and the others go.
    private static func remove(_ objects: [String], from storage: any ContentStorage) async -> Removal {
        var (removal, failuresInRow) = (Removal(), 0)
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
                if let reason {
                    removal.failure = reason
                    failuresInRow += 1
                    if failuresInRow >= failureLimit { removal.isBrokenOff = true }
                } else {
                    failuresInRow = 0
                    removal.removed.append(object)
                }
                if !removal.isBrokenOff { removeNext() }
            }
        }
        return removal
    }

    private static let slice = 500
    private static let removalsAtOnce = 8
    private static let failureLimit = 32
}
