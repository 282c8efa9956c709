import FoundationEssentials

/// The figures as a table for a person: a line for each order.
struct LifeTable {
    /// Those of the server are only there where there is one.
    private let isOnServer: Bool

    init(_ store: BenchStore) { isOnServer = store.kind == .postgresql }

    var head: String { line(columns, "") }

    private var columns: [String] {
        [
            "messages/s", "CPU-s/1,000", "accept p50", "p99", "p99.9 ms", "written B", "commits", "resident MB",
            "peak MB", "calls", "x floor",
        ] + (isOnServer ? ["WAL B", "server CPU-s/1,000"] : [])
    }

    func line(_ figures: LifeFigures) -> String {
        let own = [
            "\(Int(figures.messagesPerSecond))", rounded(figures.processorSecondsPerThousand, 1000),
            rounded(figures.acceptP50, 10), rounded(figures.acceptP99, 10), rounded(figures.acceptP999, 10),
            "\(Int(figures.writtenBytesPerMessage))", rounded(figures.commitsPerMessage, 1000),
            rounded(Double(figures.residentBytes) / 1_000_000, 10),
            rounded(Double(figures.peakResidentBytes) / 1_000_000, 10),
            figures.systemCalls.map { rounded($0.values.reduce(0, +), 10) } ?? "-",
            figures.floor.map { rounded($0.processorRatio, 10) } ?? "-",
        ]
        let ofServer = [
            figures.logBytesPerMessage.map { "\(Int($0))" } ?? "-",
            figures.serverProcessorSecondsPerThousand.map { rounded($0, 1000) } ?? "-",
        ]
        return line(own + (isOnServer ? ofServer : []), figures.name)
    }

    private func line(_ cells: [String], _ name: String) -> String {
        let padded = zip(cells, columns).map { cell, column in
            String(repeating: " ", count: max(column.count - cell.count, 0)) + cell
        }
        return padded.joined(separator: "  ") + (name.isEmpty ? "" : "  " + name)
    }

    private func rounded(_ value: Double, _ parts: Double) -> String {
        "\((value * parts).rounded() / parts)"
    }
}
