package import FoundationEssentials
package import GatewayCore

/// The current row of a statement.
///
/// Reads the columns of one statement one after the other. Lists of columns that several statements share are read by
/// `Fields`.
package struct Row {
    private let statement: any Statement
    private var column: Int32 = -1

    package init(of statement: any Statement) {
        self.statement = statement
    }

    /// The values of the next columns, as many as the list has.
    package mutating func fields<Column: Columns>(of list: Column.Type) -> Fields<Column> {
        defer { column += Int32(Column.allCases.count) }
        return Fields(of: statement, from: column + 1)
    }

    package mutating func next() -> Cell {
        column += 1
        return Cell(statement, at: column)
    }

    package mutating func optionalText() -> String? { next().optionalText() }

    package mutating func optionalPeerText() -> PeerText? { next().optionalPeerText() }

    package mutating func text() throws(SQLError) -> String { try next().text() }

    package mutating func integer() throws(SQLError) -> Int { try next().integer() }

    package mutating func flag() throws(SQLError) -> Bool { try next().flag() }

    package mutating func optionalTime() -> Date? { next().optionalTime() }

    package mutating func time() throws(SQLError) -> Date { try next().time() }

    package mutating func id() throws(SQLError) -> ULID { try next().id() }

    package mutating func recipient() throws(SQLError) -> MSISDN { try next().recipient() }

    package mutating func optionalCarriers() throws(SQLError) -> Carriers? { try next().optionalCarriers() }

    /// The value, if the column just read had one that can be understood.
    package func present<Value>(_ value: Value?) throws(SQLError) -> Value {
        try Cell(statement, at: column).present(value)
    }
}
