import SQLStore

/// All rows of a table in the order of its primary key, slice by slice: a database that gives all rows of a statement at
/// once gives no more than a slice has.
struct TableSlices {
    private let plan: CopyPlan
    private let first: any Statement
    private let next: any Statement

    /// The most rows of a slice.
    private static let mostRows = 256
    /// About how many octets a slice has at the most, by the rows of the one before.
    private static let budgetBytes = 4 << 20

    init(_ plan: CopyPlan, on driver: any Driver) throws(SQLError) {
        self.plan = plan
        first = try driver.prepare(plan.selection(isBehind: false), named: "reading \(plan.name)")
        next = try driver.prepare(plan.selection(isBehind: true), named: "reading \(plan.name)")
    }

    func forEachRow(_ body: ([SQLValue]) throws(SQLError) -> Void) throws(SQLError) {
        var (limit, last): (Int, [SQLValue]?) = (1, nil)
        while true {
            let statement = last == nil ? first : next
            defer { statement.reset() }
            let key = plan.key.compactMap { last?[$0] }
            try statement.bind(CopyParameter.bindings(key).with([":limit": .integer(Int64(limit))]))
            var (count, largest) = (0, 1)
            while try statement.step() {
                let row = plan.row(of: statement)
                (count, largest) = (count + 1, max(largest, row.reduce(0) { $0 + $1.byteCount }))
                last = row
                try body(row)
            }
            guard count == limit else { return }
            // Few while nobody knows how large they are, and few again where they are large.
            limit = min(2 * limit, Self.mostRows, max(Self.budgetBytes / largest, 1))
        }
    }
}

extension SQLValue {
    fileprivate var byteCount: Int {
        switch self {
        case .null: 0
        case .integer: 8
        case .text(let text): text.utf8.count
        case .blob(let octets): octets.count
        }
    }
}
