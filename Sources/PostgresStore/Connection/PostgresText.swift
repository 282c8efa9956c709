/// A statement of the store in PostgreSQL's words.
///
/// Statements are written for both databases. What is SQLite's alone is a hint, which is left out here, or has another
/// name.
struct PostgresText {
    private(set) var sql = ""
    /// The names of the parameters, colon included, in the order of their numbers.
    private(set) var parameters: [String] = []

    init(_ shared: String) {
        var rest = Self.withoutHints(shared)[...]
        while let first = rest.first {
            switch first {
            case "'":
                // A text in quotes, in which nothing is a parameter. A quote in it is doubled, and so two texts.
                let end = rest.dropFirst().firstIndex(of: "'").map { rest.index(after: $0) } ?? rest.endIndex
                sql += rest[..<end]
                rest = rest[end...]
            case ":" where rest.dropFirst().first == ":":
                // A cast.
                sql += "::"
                rest = rest.dropFirst(2)
            case ":":
                let name = rest.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                sql += name.isEmpty ? ":" : "$\(number(of: ":" + name))"
                rest = rest.dropFirst(1 + name.count)
            default:
                sql.append(first)
                rest.removeFirst()
            }
        }
    }

    private mutating func number(of name: String) -> Int {
        if let index = parameters.firstIndex(of: name) { return index + 1 }
        parameters.append(name)
        return parameters.count
    }

    /// A column that is looked for in a list that comes with the statement. As an array the list is read before the
    /// statement, and the column's index is used however long the server takes the list to be.
    private static var listed: Regex<(Substring, not: Substring?, list: Substring)> {
        /(?<not>NOT )?IN \((?<list>SELECT value FROM each_[a-z]+\(:[a-z_]+\))\)/
    }

    private static func withoutHints(_ sql: String) -> String {
        var words: [String] = []
        // The words `BY` and the name of the index.
        var skipped = 0
        for word in sql.split(separator: " ", omittingEmptySubsequences: false) {
            if skipped > 0 {
                skipped -= 1
                guard skipped == 0, !words.isEmpty else { continue }
                words[words.count - 1] += word.drop { $0.isLetter || $0.isNumber || $0 == "_" }
            } else if word == "INDEXED" {
                skipped = 2
            } else if word.hasSuffix("CROSS") {
                // What follows is `JOIN`, with a condition.
                words.append(String(word.dropLast("CROSS".count)))
            } else {
                words.append(String(word))
            }
        }
        return words.joined(separator: " ").replacing("last_insert_rowid()", with: "lastval()")
            .replacing(listed) { $0.not == nil ? "= ANY (ARRAY(\($0.list)))" : String($0.output.0) }
    }
}
