/// Rows of words in columns for a terminal.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [Row] = []

    private enum Row {
        case cells([StyledText])
        /// A remark on the row above it.
        case note(String)
    }

    init(_ columns: (title: String, alignment: Alignment)...) { self.columns = columns }

    mutating func add(_ cells: [StyledText]) { rows.append(.cells(cells)) }

    mutating func add(_ cells: [String]) { add(cells.map { StyledText($0) }) }

    mutating func add(note: String) { rows.append(.note(note)) }

    /// The lines of the table, without blanks at their ends.
    var lines: [StyledText] {
        let titles = columns.map { StyledText($0.title) }
        let widths = columns.indices.map { column in
            rows.reduce(titles[column].count) { width, row in
                if case .cells(let cells) = row { max(width, cells[column].count) } else { width }
            }
        }
        return [line(titles, widths)]
            + rows.map { row in
                switch row {
                case .cells(let cells): line(cells, widths)
                case .note(let note): StyledText("  " + note)
                }
            }
    }

    private func line(_ cells: [StyledText], _ widths: [Int]) -> StyledText {
        var line = StyledText("")
        // Blanks are due only before words.
        var blanks = 0
        for (column, cell) in cells.enumerated() {
            let rest = max(widths[column] - cell.count, 0)
            if columns[column].alignment == .right { blanks += rest }
            if cell.count > 0 {
                line += StyledText(String(repeating: " ", count: blanks)) + cell
                blanks = 0
            }
            blanks += (columns[column].alignment == .left ? rest : 0) + 2
        }
        return line
    }
}
