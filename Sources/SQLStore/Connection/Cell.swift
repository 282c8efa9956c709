package import FoundationEssentials
package import GatewayCore

/// One column of a statement's current row.
package struct Cell {
    private let statement: any Statement
    private let column: Int32

    package init(_ statement: any Statement, at column: Int32) {
        self.statement = statement
        self.column = column
    }

    package func optionalText() -> String? { statement.text(at: column) }

    package func optionalPeerText() -> PeerText? { optionalText().map { PeerText(kept: $0) } }

    package func text() throws(SQLError) -> String { try present(optionalText()) }

    package func octets() -> [UInt8] { statement.octets(at: column) }

    package func optionalInteger() -> Int? { statement.integer(at: column).map { Int($0) } }

    package func integer() throws(SQLError) -> Int { try present(optionalInteger()) }

    package func optionalFlag() -> Bool? { optionalInteger().map { $0 != 0 } }

    package func flag() throws(SQLError) -> Bool { try integer() != 0 }

    package func optionalTime() -> Date? { optionalInteger().map { Date(milliseconds: Int64($0)) } }

    package func time() throws(SQLError) -> Date { try present(optionalTime()) }

    package func id() throws(SQLError) -> ULID { try present(ULID(text())) }

    package func optionalID() throws(SQLError) -> ULID? {
        guard let text = optionalText() else { return nil }
        return try present(ULID(text))
    }

    package func recipient() throws(SQLError) -> MSISDN { MSISDN(storedDigits: try text()) }

    package func optionalCarriers() throws(SQLError) -> Carriers? {
        guard let text = optionalText() else { return nil }
        return try present(Carriers(text))
    }

    /// The value, if the column has one that can be understood.
    package func present<Value>(_ value: Value?) throws(SQLError) -> Value {
        guard let value else { throw statement.unreadable(column) }
        return value
    }
}
