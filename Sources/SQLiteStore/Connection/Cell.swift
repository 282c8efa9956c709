import FoundationEssentials
import GatewayCore

/// One column of a statement's current row.
struct Cell {
    private let statement: Statement
    private let column: Int32

    init(_ statement: Statement, at column: Int32) {
        self.statement = statement
        self.column = column
    }

    func optionalText() -> String? { statement.text(at: column) }

    func optionalPeerText() -> PeerText? { optionalText().map { PeerText(kept: $0) } }

    func text() throws(SQLiteError) -> String { try present(optionalText()) }

    func octets() -> [UInt8] { statement.octets(at: column) }

    func optionalInteger() -> Int? { statement.integer(at: column).map { Int($0) } }

    func integer() throws(SQLiteError) -> Int { try present(optionalInteger()) }

    func optionalFlag() -> Bool? { optionalInteger().map { $0 != 0 } }

    func flag() throws(SQLiteError) -> Bool { try integer() != 0 }

    func optionalTime() -> Date? { optionalInteger().map { Date(milliseconds: Int64($0)) } }

    func time() throws(SQLiteError) -> Date { try present(optionalTime()) }

    func id() throws(SQLiteError) -> ULID { try present(ULID(text())) }

    func optionalID() throws(SQLiteError) -> ULID? {
        guard let text = optionalText() else { return nil }
        return try present(ULID(text))
    }

    func recipient() throws(SQLiteError) -> MSISDN { MSISDN(storedDigits: try text()) }

    func optionalCarriers() throws(SQLiteError) -> Carriers? {
        guard let text = optionalText() else { return nil }
        return try present(Carriers(text))
    }

    /// The value, if the column has one that can be understood.
    func present<Value>(_ value: Value?) throws(SQLiteError) -> Value {
        guard let value else { throw statement.unreadable(column) }
        return value
    }
}
