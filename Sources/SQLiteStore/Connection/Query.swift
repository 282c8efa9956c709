/// A statement of the store. Its number among the cases of its type is what a connection finds it by.
protocol Query: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The text. It is asked for once on each connection.
    var sql: String { get }
}

/// The statements that a connection has prepared.
struct PreparedStatements {
    /// Those of each type, by their numbers.
    private var statements: [ObjectIdentifier: [Statement?]] = [:]

    subscript<Statements: Query>(query: Statements) -> Statement? {
        get { statements[ObjectIdentifier(Statements.self)]?[query.rawValue] }
        set {
            let none = [Statement?](repeating: nil, count: Statements.allCases.count)
            statements[ObjectIdentifier(Statements.self), default: none][query.rawValue] = newValue
        }
    }
}
