import FoundationEssentials
import GatewayCore

/// The current row of a statement.
///
/// Reads the columns of one statement one after the other. Lists of columns that several statements share are read by
/// `Fields`.
struct Row {
    private let statement: Statement
    private var column: Int32 = -1

    init(of statement: Statement) {
        self.statement = statement
    }

    /// The values of the next columns, as many as the list has.
    mutating func fields<Column: Columns>(of list: Column.Type) -> Fields<Column> {
        defer { column += Int32(Column.allCases.count) }
        return Fields(of: statement, from: column + 1)
    }

    mutating func next() -> Cell {
        column += 1
        return Cell(statement, at: column)
    }

    mutating func optionalText() -> String? { next().optionalText() }

    mutating func optionalPeerText() -> PeerText? { next().optionalPeerText() }

    mutating func text() throws(SQLiteError) -> String { try next().text() }

    mutating func integer() throws(SQLiteError) -> Int { try next().integer() }

    mutating func flag() throws(SQLiteError) -> Bool { try next().flag() }

    mutating func optionalTime() -> Date? { next().optionalTime() }

    mutating func time() throws(SQLiteError) -> Date { try next().time() }

    mutating func id() throws(SQLiteError) -> ULID { try next().id() }

    mutating func recipient() throws(SQLiteError) -> MSISDN { try next().recipient() }

    mutating func optionalCarriers() throws(SQLiteError) -> Carriers? { try next().optionalCarriers() }

    /// The value, if the column just read had one that can be understood.
    func present<Value>(_ value: Value?) throws(SQLiteError) -> Value {
        try Cell(statement, at: column).present(value)
    }
}
