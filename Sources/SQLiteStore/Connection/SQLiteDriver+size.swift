import GatewayCore
import SQLStore

/// How large the database may grow. Beyond the limit nothing new is accepted; the reserve above it is for what was
/// accepted before, which still has to be sent and notified.
struct SizeLimit: Sendable, Equatable {
    let bytes: Int
    let reserveBytes: Int

    /// Without a given reserve it is an eighth of the limit, and at least room for some tens of thousands of messages.
    init(bytes: Int, reserveBytes: Int? = nil) {
        self.bytes = bytes
        self.reserveBytes = reserveBytes ?? max(bytes / 8, 64 << 20)
    }
}

extension SQLiteDriver {
    /// SQLite's own limit.
    private static let mostPages = 4_294_967_294

    /// Sets how large the database may grow, at least to its present size. Nil sets SQLite's own limit.
    func limitSize(_ limit: SizeLimit?) throws(SQLError) {
        let pageBytes = try pageBytes()
        let pages = limit.map { max(($0.bytes + $0.reserveBytes) / pageBytes, 1) } ?? Self.mostPages
        _ = try value(of: "PRAGMA max_page_count = \(pages)")
        sizeLimit = limit
    }

    /// The size of what the database holds, without free pages.
    func usedBytes() throws(SQLError) -> Int {
        let used = try pageCount() - freePageCount()
        return used * (try pageBytes())
    }

    /// - Throws: when the database has reached the limit, so that nothing new is accepted.
    func requireRoom() throws(SQLError) {
        guard let sizeLimit else { return }
        let used = try usedBytes()
        guard used >= sizeLimit.bytes else { return }
        throw SQLError(
            kind: .full,
            message: "the store is full: the database has \(Self.reading(used)) and store.size_limit is "
                + "\(Self.reading(sizeLimit.bytes)); raise it and send SIGHUP",
            doing: "taking something new")
    }

    /// The error, with an explanation where the size limit caused it, since SQLite does not say so.
    func explained(_ error: SQLError) -> SQLError {
        guard error.kind == .full, let sizeLimit, !error.message.contains("store.size_limit"),
            let used = try? usedBytes(), used + (1 << 20) >= sizeLimit.bytes + sizeLimit.reserveBytes
        else { return error }
        return SQLError(
            kind: error.kind, code: error.code,
            message: "\(error.message): the database has \(Self.reading(used)), store.size_limit is "
                + "\(Self.reading(sizeLimit.bytes)), and the \(Self.reading(sizeLimit.reserveBytes)) beyond it for what was "
                + "taken before are used up; raise it and send SIGHUP",
            doing: error.doing)
    }

    func size() throws(SQLError) -> DatabaseSize {
        let pageBytes = try pageBytes()
        return DatabaseSize(bytes: try pageCount() * pageBytes, freeBytes: try freePageCount() * pageBytes)
    }

    func pageCount() throws(SQLError) -> Int { try run(kept: "PRAGMA page_count") ?? 0 }

    func freePageCount() throws(SQLError) -> Int { try run(kept: "PRAGMA freelist_count") ?? 0 }

    func pageBytes() throws(SQLError) -> Int { try run(kept: "PRAGMA page_size") ?? 0 }

    private static func reading(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + (1 << 19)) >> 20
        return bytes < 1 << 20 ? "\(bytes) bytes" : "\(tenths / 10).\(tenths % 10) MiB"
    }
}
