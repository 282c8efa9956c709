import FoundationEssentials
import GatewayCore

/// The batches of an owner between two times, newest first. The cost of counting and skipping depends on the number of
/// minutes, not of batches.
struct BatchList {
    private let connection: Connection
    private let owner: SQLValue
    private let originators: SQLValue
    /// The times, in milliseconds; the end is excluded.
    private let from: Int64
    private let until: Int64
    /// The minutes that lie wholly between the two times.
    private let minutes: Range<Int64>

    private static let minute: Int64 = 60_000
    /// A time later than every batch.
    private static let forever = Int64.max / minute * minute

    init(_ filter: BatchFilter, of owner: SQLValue, on connection: Connection) {
        self.connection = connection
        self.owner = owner
        originators = filter.originators.isEmpty ? .null : .text(JSONColumn.texts(filter.originators))
        from = max(filter.from.milliseconds, 0)
        until = max(filter.until?.milliseconds ?? Self.forever, from)
        let first = (from + Self.minute - 1) / Self.minute
        minutes = first..<max(first, until / Self.minute)
    }

    func page(_ page: Page) throws(SQLError) -> Paged<BatchRow> {
        try connection.driver.beginReading()
        defer { connection.driver.rollBack() }
        // The batches before the first whole minute and after the last.
        let newest = try count(from: max(from, minutes.upperBound * Self.minute), until: until)
        let whole = try countMinutes()
        let oldest = try count(from: from, until: min(until, minutes.lowerBound * Self.minute))
        let total = newest + whole + oldest
        guard page.offset < total, page.size > 0 else { return Paged(count: total, elements: []) }

        var (end, offset) = (until, page.offset)
        if offset >= newest, let (minute, before) = try minute(at: offset - newest) {
            end = (minute + 1) * Self.minute
            offset -= newest + before
        } else if offset >= newest + whole {
            end = min(until, minutes.lowerBound * Self.minute)
            offset -= newest + whole
        }
        let part: Bindings = [":limit": .integer(page.size), ":offset": .integer(offset)]
        let elements = try connection.rows(query(.list, .listFrom), range(from, end).with(part)) {
            (row) throws(SQLError) in try BatchRow(&row)
        }
        return Paged(count: total, elements: elements)
    }

    private func count(from: Int64, until: Int64) throws(SQLError) -> Int {
        guard from < until else { return 0 }
        return try connection.first(query(.count, .countFrom), range(from, until)) { (row) throws(SQLError) in
            try row.integer()
        } ?? 0
    }

    private func countMinutes() throws(SQLError) -> Int {
        guard !minutes.isEmpty else { return 0 }
        return try connection.first(BatchListQuery.countMinutes, wholeMinutes) { (row) throws(SQLError) in
            try row.integer()
        } ?? 0
    }

    private func minute(at offset: Int) throws(SQLError) -> (minute: Int64, before: Int)? {
        guard !minutes.isEmpty else { return nil }
        return try connection.first(
            BatchListQuery.minuteAt, wholeMinutes.with([":offset": .integer(offset)])
        ) { (row) throws(SQLError) in (Int64(try row.integer()), try row.integer()) }
    }

    private func query(_ all: BatchListQuery, _ ofOriginators: BatchListQuery) -> BatchListQuery {
        if case .null = originators { all } else { ofOriginators }
    }

    private func range(_ from: Int64, _ until: Int64) -> Bindings {
        let range: Bindings = [":owner": owner, ":from": .integer(from), ":until": .integer(until)]
        if case .null = originators { return range }
        return range.with([":originators": originators])
    }

    private var wholeMinutes: Bindings {
        [
            ":owner": owner, ":first": .integer(minutes.lowerBound), ":last": .integer(minutes.upperBound),
            ":originators": originators,
        ]
    }
}
