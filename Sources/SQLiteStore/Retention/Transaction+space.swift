import GatewayCore

/// Free pages at the end of the database file are given back; others change places with used ones first.
enum SpaceQuery: Int, Query {
    case isIncremental, giveBack

    var sql: String {
        switch self {
        case .isIncremental:
            "PRAGMA auto_vacuum"
        case .giveBack:
            "PRAGMA incremental_vacuum(32)"
        }
    }
}

extension Connection {
    /// How many pages to give back; 0 where the database was made without the means to do so.
    ///
    /// - Parameter spareBytes: what stays free in any case, beside a quarter of all.
    func pagesToGiveBack(sparing spareBytes: Int) throws(SQLiteError) -> Int {
        guard try number(SpaceQuery.isIncremental) == 2 else { return 0 }
        let (pages, free) = (try number(SizeQuery.pageCount), try number(SizeQuery.freePageCount))
        return max(free - max(pages / 4, spareBytes / (try number(SizeQuery.pageBytes))), 0)
    }

    private func number(_ query: some Query) throws(SQLiteError) -> Int {
        try first(query) { (row) throws(SQLiteError) in try row.integer() } ?? 0
    }
}

extension Transaction {
    /// Gives back pages until the time is over.
    func giveBackSpace(
        sparing spareBytes: Int, until deadline: ContinuousClock.Instant
    ) throws(SQLiteError) -> RemovalStep {
        var step = RemovalStep()
        let pages = try Snapshot(connection: connection).count(SizeQuery.pageCount)
        var last = pages
        while try connection.pagesToGiveBack(sparing: spareBytes) > 0 {
            try connection.run(SpaceQuery.giveBack)
            let now = try Snapshot(connection: connection).count(SizeQuery.pageCount)
            guard now < last else { break }
            last = now
            guard ContinuousClock.now >= deadline else { continue }
            step.next = RemovalCursor("")
            break
        }
        step.removed = (pages - last) * (try Snapshot(connection: connection).count(SizeQuery.pageBytes))
        return step
    }
}
