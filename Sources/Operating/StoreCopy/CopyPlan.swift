import GatewayCore
import SQLStore

/// What is copied of one table: every column of it, as both databases have it.
struct CopyPlan {
    let name: String
    let columns: [CopiedTable.Column]
    /// Where the columns of the primary key are among the columns.
    let key: [Int]
    let source: CopiedTable
    let target: CopiedTable

    /// - Throws: where one database has a column that the other has not, or has it of another kind.
    init(from source: CopiedTable, to target: CopiedTable) throws(StoreFailure) {
        let name = source.name
        let kinds = Dictionary(target.columns.map { ($0.name, $0.kind) }) { first, _ in first }
        columns = source.columns.filter { !$0.isHidden || kinds[$0.name] != nil }
        for column in columns {
            guard let kind = kinds[column.name] else {
                throw Self.mismatch(name, column.name, "is in the source alone")
            }
            guard kind == column.kind else {
                throw Self.mismatch(name, column.name, "is of another kind in the target")
            }
        }
        let known = Set(columns.map(\.name))
        if let extra = target.columns.first(where: { !$0.isHidden && !known.contains($0.name) }) {
            throw Self.mismatch(name, extra.name, "is in the target alone")
        }
        key = source.key.compactMap { [columns] column in columns.firstIndex { $0.name == column } }
        guard !key.isEmpty, source.key == target.key else {
            throw Self.mismatch(name, source.key.first ?? "no column", "makes another primary key in the target")
        }
        (self.name, self.source, self.target) = (name, source, target)
    }

    private static func mismatch(_ table: String, _ column: String, _ what: String) -> StoreFailure {
        .broken(
            "\(column) of the table \(table) \(what): one of the databases was changed by hand, or made by another build. "
                + "Nothing was copied; undo the change, or go on with that build")
    }

    /// A row as the columns have it.
    func row(of statement: any Statement) -> [SQLValue] {
        columns.enumerated().map { index, column in
            let place = Int32(index)
            switch column.kind {
            case .integer: return statement.integer(at: place).map { .integer($0) } ?? .null
            case .text: return .text(statement.text(at: place))
            case .octets:
                let octets = statement.octets(at: place)
                // Where nothing is, that it is NULL is said by the text alone.
                return octets.isEmpty && statement.text(at: place) == nil ? .null : .blob(octets)
            }
        }
    }

    // MARK: - Statements

    /// The next rows in the order of the primary key.
    ///
    /// - Parameter isBehind: whether they follow on a row, whose key is given.
    func selection(isBehind: Bool) -> String {
        let names = key.map { "\"\(columns[$0].name)\"" }
        let condition =
            isBehind ? "WHERE (\(Self.list(names))) > (\(Self.list(Self.parameters(names.count)))) " : ""
        return "SELECT \(quotedColumns) FROM \"\(name)\" \(condition)ORDER BY \(Self.list(names)) LIMIT :limit"
    }

    /// A row with all its values, also those that the database gives out by itself otherwise.
    func insertion(in dialect: Dialect) -> String {
        let overriding = dialect == .postgres && target.numbered != nil ? "OVERRIDING SYSTEM VALUE " : ""
        return """
            INSERT INTO "\(name)" (\(quotedColumns))
            \(overriding)VALUES (\(Self.list(Self.parameters(columns.count))))
            """
    }

    private var quotedColumns: String { Self.list(columns.map { "\"\($0.name)\"" }) }

    private static func list(_ parts: [String]) -> String { parts.joined(separator: ", ") }

    private static func parameters(_ count: Int) -> [String] { (0..<count).map { "\(CopyParameter.names[$0])" } }
}
