/// A statement of the store. A connection finds it by its number among the cases of its type.
protocol Query: RawRepresentable<Int>, CaseIterable, Sendable {
    /// The text, read once on each connection.
    var sql: String { get }
}

/// The statements that a connection has prepared.
struct PreparedStatements {
    /// The statements of each type, by their numbers.
    private var statements: [ObjectIdentifier: [Statement?]] = [:]

    subscript<Statements: Query>(query: Statements) -> Statement? {
        get { statements[ObjectIdentifier(Statements.self)]?[query.rawValue] }
        set {
            let none = [Statement?](repeating: nil, count: Statements.allCases.count)
            statements[ObjectIdentifier(Statements.self), default: none][query.rawValue] = newValue
        }
    }
}
