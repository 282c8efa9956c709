import FoundationEssentials

/// The figures as a table for a person: a line for each order.
struct LifeTable {
    private static let columns = [
        "messages/s", "CPU-s/1,000", "accept p50", "p99", "p99.9 ms", "written B", "commits", "resident MB", "peak MB",
        "calls", "x floor",
    ]

    static var head: String { line(columns, "") }

    static func line(_ figures: LifeFigures) -> String {
        line(
            [
                "\(Int(figures.messagesPerSecond))", rounded(figures.processorSecondsPerThousand, 1000),
                rounded(figures.acceptP50, 10), rounded(figures.acceptP99, 10), rounded(figures.acceptP999, 10),
                "\(Int(figures.writtenBytesPerMessage))", rounded(figures.commitsPerMessage, 1000),
                rounded(Double(figures.residentBytes) / 1_000_000, 10),
                rounded(Double(figures.peakResidentBytes) / 1_000_000, 10),
                figures.systemCalls.map { rounded($0.values.reduce(0, +), 10) } ?? "-",
                figures.floor.map { rounded($0.processorRatio, 10) } ?? "-",
            ], figures.name)
    }

    private static func line(_ cells: [String], _ name: String) -> String {
        let padded = zip(cells, columns).map { cell, column in
            String(repeating: " ", count: max(column.count - cell.count, 0)) + cell
        }
        return padded.joined(separator: "  ") + (name.isEmpty ? "" : "  " + name)
    }

    private static func rounded(_ value: Double, _ parts: Double) -> String {
        "\((value * parts).rounded() / parts)"
    }
}
