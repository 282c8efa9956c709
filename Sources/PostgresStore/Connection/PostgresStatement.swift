import GatewayCore
import SQLStore

/// A statement that the server has prepared. It is prepared anew on a connection that was made anew.
final class PostgresStatement: Statement {
    private unowned let driver: PostgresDriver
    private let text: PostgresText
    private let name: String
    private let serverName: String
    /// The connection that it is prepared on; none before its first run.
    private var preparedOn = 0
    /// The numbers of the parameters in the last call, from 0: every call names them in the same order.
    private var numbers: [(name: UnsafePointer<UInt8>, number: Int)] = []
    private var values: StatementValues
    private var result: PostgresResult?
    private var row: Int32 = -1

    init(_ sql: String, named name: String, number: Int, on driver: PostgresDriver) {
        text = PostgresText(sql)
        values = StatementValues(count: text.parameters.count)
        (self.name, self.driver) = (name, driver)
        serverName = "s\(number)"
    }

    func bind(_ bindings: Bindings) throws(SQLError) {
        guard bindings.count == text.parameters.count else {
            throw SQLError(kind: .broken, message: "not every parameter has a value", doing: name)
        }
        values.removeAll()
        for place in 0..<bindings.count {
            let (parameter, value) = bindings[place]
            values.set(value, at: try number(of: parameter, place: place))
        }
    }

    /// The number of a parameter by the address of its name, which is a constant of the program.
    private func number(of name: StaticString, place: Int) throws(SQLError) -> Int {
        if place < numbers.count, numbers[place].name == name.utf8Start { return numbers[place].number }
        guard let number = text.parameters.firstIndex(of: "\(name)") else {
            throw SQLError(kind: .broken, message: "there is no parameter \(name)", doing: self.name)
        }
        numbers.removeSubrange(min(place, numbers.count)...)
        numbers.append((name.utf8Start, number))
        return number
    }

    func write(changing count: Int?) throws(SQLError) {
        guard driver.pipeline.isOpen else {
            let changes = try run().changes
            if let count, count != changes { throw .miscounted(name) }
            return
        }
        if preparedOn != driver.connectionNumber { try prepare() }
        try driver.write(serverName, values, changing: count, doing: name)
    }

    func step() throws(SQLError) -> Bool {
        if result == nil { result = try run() }
        row += 1
        return row < result?.rowCount ?? 0
    }

    var changes: Int { result?.changes ?? 0 }

    func reset() {
        result = nil
        row = -1
        values.removeAll()
    }

    func integer(at column: Int32) -> Int64? { result?.integer(row, column) }

    func text(at column: Int32) -> String? { result?.text(row, column) }

    func octets(at column: Int32) -> [UInt8] { result?.octets(row, column) ?? [] }

    func unreadable(_ column: Int32) -> SQLError { .unreadable("column \(column) of \(name)") }

    private func run() throws(SQLError) -> PostgresResult {
        do throws(SQLError) {
            return try runOnce()
        } catch {
            // What reads alone may be done again on another connection.
            guard driver.mayTryAgain else { throw error }
            return try runOnce()
        }
    }

    private func runOnce() throws(SQLError) -> PostgresResult {
        try driver.connect()
        if preparedOn != driver.connectionNumber { try prepare() }
        return try driver.run(serverName, values, doing: name)
    }

    private func prepare() throws(SQLError) {
        try driver.connect()
        try driver.prepare(serverName, text.sql, doing: name)
        preparedOn = driver.connectionNumber
    }
}
