import CSQLite
import GatewayCore

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

/// What is read before anything new is accepted.
enum SizeQuery: Int, Query {
    case pageCount, freePageCount, pageBytes

    var sql: String {
        switch self {
        case .pageCount:
            "PRAGMA page_count"
        case .freePageCount:
            "PRAGMA freelist_count"
        case .pageBytes:
            "PRAGMA page_size"
        }
    }
}

extension Connection {
    /// SQLite's own limit.
    private static let mostPages = 4_294_967_294

    /// Sets how large the database may grow, at least to its present size. Nil sets SQLite's own limit.
    func limitSize(_ limit: SizeLimit?) throws(SQLiteError) {
        let pageBytes = try number(SizeQuery.pageBytes)
        let pages = limit.map { max(($0.bytes + $0.reserveBytes) / pageBytes, 1) } ?? Self.mostPages
        _ = try value(of: "PRAGMA max_page_count = \(pages)")
        sizeLimit = limit
    }

    /// The size of what the database holds, without free pages.
    func usedBytes() throws(SQLiteError) -> Int {
        let used = try number(SizeQuery.pageCount) - number(SizeQuery.freePageCount)
        return used * (try number(SizeQuery.pageBytes))
    }

    /// - Throws: when the database has reached the limit, so that nothing new is accepted.
    func requireRoom() throws(SQLiteError) {
        guard let sizeLimit else { return }
        let used = try usedBytes()
        guard used >= sizeLimit.bytes else { return }
        throw SQLiteError(
            code: SQLITE_FULL,
            message: "the store is full: the database has \(Self.reading(used)) and store.size_limit is "
                + "\(Self.reading(sizeLimit.bytes)); raise it and send SIGHUP",
            doing: "taking something new")
    }

    /// The error, with an explanation where the size limit caused it, since SQLite does not say so.
    func explained(_ error: SQLiteError) -> SQLiteError {
        guard error.code & 0xFF == SQLITE_FULL, let sizeLimit, !error.message.contains("store.size_limit"),
            let used = try? usedBytes(), used + (1 << 20) >= sizeLimit.bytes + sizeLimit.reserveBytes
        else { return error }
        return SQLiteError(
            code: error.code,
            message: "\(error.message): the database has \(Self.reading(used)), store.size_limit is "
                + "\(Self.reading(sizeLimit.bytes)), and the \(Self.reading(sizeLimit.reserveBytes)) beyond it for what was "
                + "taken before are used up; raise it and send SIGHUP",
            doing: error.doing)
    }

    private func number(_ query: SizeQuery) throws(SQLiteError) -> Int {
        try first(query) { (row) throws(SQLiteError) in try row.integer() } ?? 0
    }

    private static func reading(_ bytes: Int) -> String {
        let tenths = (bytes * 10 + (1 << 19)) >> 20
        return bytes < 1 << 20 ? "\(bytes) bytes" : "\(tenths / 10).\(tenths % 10) MiB"
    }
}
