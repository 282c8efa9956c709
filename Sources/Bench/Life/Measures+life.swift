import FoundationEssentials

extension Measures {
    /// The whole life of messages, order by order.
    ///
    /// - Parameters:
    ///   - isJSON: the result is one JSON object, and no lines come before it.
    ///   - line: gets each line as soon as it is known.
    /// - Returns: the object, if that is wanted.
    package static func life(
        _ orders: [LifeOrder], isJSON: Bool, _ line: (String) -> Void
    ) async throws -> String? {
        func say(_ text: String) { if !isJSON { line(text) } }
        var report = LifeReport(
            simulators: try SimulatorRates.measured(pictureBytes: orders.first?.pictureBytes ?? 1), lives: [])
        say(report.simulators.text)
        say(LifeTable.head)
        for order in orders {
            let figures = try await inFolder { folder, _ in
                let bench = LifeBench(order: order, dataDirectory: folder)
                var figures = try await bench.run()
                figures.systemCalls = try await bench.systemCalls()
                return figures
            }
            say(LifeTable.line(figures))
            report.lives.append(figures)
        }
        return isJSON ? try report.json : nil
    }
}

/// All that was measured, for programs.
private struct LifeReport: Codable {
    var simulators: SimulatorRates
    var lives: [LifeFigures]

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
