import FoundationEssentials
import GatewayCore

/// What can be read. The connection sees everything that is committed when a statement begins.
package struct Snapshot {
    package let connection: Connection

    /// Reads all that `body` reads from one state of the database.
    func atOneMoment<Value>(_ body: () throws(SQLError) -> Value) throws(SQLError) -> Value {
        try connection.driver.beginReading()
        defer { connection.driver.rollBack() }
        return try body()
    }

    func count(_ query: some Query, _ bindings: Bindings = [:]) throws(SQLError) -> Int {
        try connection.first(query, bindings) { (row) throws(SQLError) in try row.integer() } ?? 0
    }
}

/// Lists: the count and the page are read from one state of the database, so that they fit together.
extension Snapshot {
    /// An owner that the store has never seen has empty lists.
    func paged<Element>(
        of owner: Owner, _ read: (SQLValue) throws(SQLError) -> Paged<Element>
    ) throws(SQLError) -> Paged<Element> {
        guard let number = try connection.number(of: owner) else { return Paged(count: 0, elements: []) }
        return try read(.integer(number))
    }

    func list<Element>(
        _ count: some Query, _ list: some Query, _ filter: Bindings, _ page: Page,
        _ read: (inout Row) throws(SQLError) -> Element
    ) throws(SQLError) -> Paged<Element> {
        try connection.driver.beginReading()
        defer { connection.driver.rollBack() }
        let total = try connection.first(count, filter) { (row) throws(SQLError) in try row.integer() } ?? 0
        guard page.offset < total, page.size > 0 else { return Paged(count: total, elements: []) }
        let part: Bindings = [":limit": .integer(page.size), ":offset": .integer(page.offset)]
        return Paged(count: total, elements: try connection.rows(list, filter.with(part), read: read))
    }

    static func end(_ until: Date?) -> SQLValue { until.map { .time($0) } ?? .integer(.max) }
}
