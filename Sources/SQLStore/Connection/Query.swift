/// A statement of the store. A connection finds it by its number among the cases of its type.
package protocol Query: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The text, read once on each connection.
    var sql: String { get }
    /// The text where a database needs another than the one that both understand.
    func sql(in dialect: Dialect) -> String
}

extension Query {
    package func sql(in dialect: Dialect) -> String { sql }
}

/// The statements that a connection has prepared.
struct PreparedStatements {
    /// The statements of each type, by their numbers.
    private var statements: [ObjectIdentifier: [(any Statement)?]] = [:]

    subscript<Statements: Query>(query: Statements) -> (any Statement)? {
        get { statements[ObjectIdentifier(Statements.self)]?[query.rawValue] }
        set {
            let none = [(any Statement)?](repeating: nil, count: Statements.allCases.count)
            statements[ObjectIdentifier(Statements.self), default: none][query.rawValue] = newValue
        }
    }
}
