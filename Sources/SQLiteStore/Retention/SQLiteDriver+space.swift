import GatewayCore
import SQLStore

/// Free pages at the end of the database file are given back; others change places with used ones first.
extension SQLiteDriver {
    /// How many pages to give back; 0 where the database was made without the means to do so.
    ///
    /// - Parameter spareBytes: what stays free in any case, beside a quarter of all.
    func pagesToGiveBack(sparing spareBytes: Int) throws(SQLError) -> Int {
        guard try run(kept: "PRAGMA auto_vacuum") == 2 else { return 0 }
        let (pages, free) = (try pageCount(), try freePageCount())
        return max(free - max(pages / 4, spareBytes / (try pageBytes())), 0)
    }

    /// Gives back pages until the time is over.
    func giveBackSpace(
        sparing spareBytes: Int, until deadline: ContinuousClock.Instant
    ) throws(SQLError) -> RemovalStep {
        var step = RemovalStep()
        let pages = try pageCount()
        var last = pages
        while try pagesToGiveBack(sparing: spareBytes) > 0 {
            try run(kept: "PRAGMA incremental_vacuum(32)")
            let now = try pageCount()
            guard now < last else { break }
            last = now
            guard ContinuousClock.now >= deadline else { continue }
            step.next = RemovalCursor("")
            break
        }
        step.removed = (pages - last) * (try pageBytes())
        return step
    }
}
