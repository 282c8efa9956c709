/// The columns that statements select and one reader reads: a case for each, in the order of the SELECT.
///
/// The list is written once. A value is read by its column, so that no two can be confused.
package protocol Columns: RawRepresentable<Int>, CaseIterable, Hashable, Sendable {
    /// The expression for the column in a SELECT.
    var sql: String { get }
}

extension Columns {
    /// The case as the schema writes it: `client_reference` for `clientReference`.
    var name: String {
        var (name, isInWord) = ("", false)
        for letter in "\(self)" {
            if letter.isUppercase, isInWord { name += "_" }
            isInWord = !letter.isUppercase
            name += letter.lowercased()
        }
        return name
    }

    /// All columns, for a SELECT or a RETURNING.
    static var list: String { list(with: [:]) }

    /// All columns, some of them from other expressions.
    static func list(with others: [Self: String]) -> String {
        allCases.lazy.map { others[$0] ?? $0.sql }.joined(separator: ", ")
    }

    /// All columns except some, followed by others, for a statement that writes a row.
    static func written(without some: Set<Self> = [], and others: String...) -> WrittenColumns {
        WrittenColumns(names: allCases.filter { !some.contains($0) }.map(\.name) + others)
    }
}

/// The columns that a statement writes, each from the parameter with its name.
struct WrittenColumns: Sendable {
    let names: [String]

    /// The columns and their values, for an INSERT.
    var values: String {
        "(\(names.joined(separator: ", "))) VALUES (\(names.lazy.map { ":\($0)" }.joined(separator: ", ")))"
    }

    /// The assignments for the SET of an UPDATE.
    func assignments(but some: Set<String>) -> String {
        names.lazy.filter { !some.contains($0) }.map { "\($0) = :\($0)" }.joined(separator: ", ")
    }
}

/// The values of a row that was selected by its list of columns.
package struct Fields<Column: Columns> {
    private let statement: any Statement
    private let first: Int32

    init(of statement: any Statement, from first: Int32) {
        self.statement = statement
        self.first = first
    }

    package subscript(column: Column) -> Cell { Cell(statement, at: first + Int32(column.rawValue)) }
}
