/// Rows of words in columns for a terminal.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private let columns: [(title: String, alignment: Alignment)]
    private var rows: [Row] = []

    private enum Row {
        case cells([String])
        /// A remark on the row above it.
        case note(String)
    }

    init(_ columns: (title: String, alignment: Alignment)...) { self.columns = columns }

    mutating func add(_ cells: [String]) { rows.append(.cells(cells)) }

    mutating func add(note: String) { rows.append(.note(note)) }

    /// The lines of the table, without blanks at their ends.
    var lines: [String] {
        let titles = columns.map(\.title)
        let widths = columns.indices.map { column in
            rows.reduce(titles[column].count) { width, row in
                if case .cells(let cells) = row { max(width, cells[column].count) } else { width }
            }
        }
        return [line(titles, widths)]
            + rows.map { row in
                switch row {
                case .cells(let cells): line(cells, widths)
                case .note(let note): "  " + note
                }
            }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var line = ""
        for (column, cell) in cells.enumerated() {
            let blanks = String(repeating: " ", count: max(widths[column] - cell.count, 0))
            line += (column > 0 ? "  " : "") + (columns[column].alignment == .left ? cell + blanks : blanks + cell)
        }
        while line.last == " " { line.removeLast() }
        return line
    }
}
