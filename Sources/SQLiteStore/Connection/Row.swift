import FoundationEssentials
import GatewayCore

/// The row a statement has come to. Columns are read one after the other, in the order they were selected.
struct Row {
    private let statement: Statement
    private var column: Int32 = -1

    init(of statement: Statement) {
        self.statement = statement
    }

    mutating func optionalText() -> String? {
        column += 1
        return statement.text(at: column)
    }

    mutating func optionalPeerText() -> PeerText? { optionalText().map { PeerText(kept: $0) } }

    mutating func text() throws(SQLiteError) -> String {
        try present(optionalText())
    }

    mutating func optionalInteger() -> Int? {
        column += 1
        return statement.integer(at: column).map { Int($0) }
    }

    mutating func integer() throws(SQLiteError) -> Int {
        try present(optionalInteger())
    }

    mutating func optionalFlag() -> Bool? { optionalInteger().map { $0 != 0 } }

    mutating func flag() throws(SQLiteError) -> Bool {
        try integer() != 0
    }

    mutating func optionalTime() -> Date? {
        optionalInteger().map { Date(milliseconds: Int64($0)) }
    }

    mutating func time() throws(SQLiteError) -> Date {
        try present(optionalTime())
    }

    mutating func id() throws(SQLiteError) -> ULID {
        try present(ULID(text()))
    }

    mutating func optionalID() throws(SQLiteError) -> ULID? {
        guard let text = optionalText() else { return nil }
        return try present(ULID(text))
    }

    mutating func recipient() throws(SQLiteError) -> MSISDN {
        MSISDN(storedDigits: try text())
    }

    mutating func optionalCarriers() throws(SQLiteError) -> Carriers? {
        guard let text = optionalText() else { return nil }
        return try present(Carriers(text))
    }

    /// The value, if the column just read had one that can be understood.
    func present<Value>(_ value: Value?) throws(SQLiteError) -> Value {
        guard let value else { throw statement.unreadable(column) }
        return value
    }
}
