import FoundationEssentials

extension Measures {
    /// The whole life of messages, order by order.
    ///
    /// - Parameters:
    ///   - store: where the gateway keeps the messages.
    ///   - withReports: whether delivery reports alone are measured as well, which are on SQLite.
    ///   - isJSON: the result is one JSON object, and no lines come before it.
    ///   - line: gets each line as soon as it is known.
    /// - Returns: the object, if that is wanted.
    package static func life(
        _ orders: [LifeOrder], on store: BenchStore, withReports: Bool, isJSON: Bool, _ line: (String) -> Void
    ) async throws -> String? {
        func say(_ text: String) { if !isJSON { line(text) } }
        try store.check()
        let table = LifeTable(store)
        var report = LifeReport(
            store: store.kind, simulators: try SimulatorRates.measured(pictureBytes: orders.first?.pictureBytes ?? 1),
            lives: [])
        say(report.simulators.text)
        say(table.head)
        // All are removed at the end: where files were deleted a short time ago, ext4 takes long to make new ones.
        try await inFolder { folder, _ in
            for (number, order) in orders.enumerated() {
                let bench = LifeBench(order: order, store: store, dataDirectory: "\(folder)/\(number)")
                var figures = try await bench.run()
                figures.systemCalls = try await bench.systemCalls()
                say(table.line(figures))
                if let floor = figures.floor { say(floor.text) }
                report.lives.append(figures)
            }
            guard withReports else { return }
            let bench = IntakeBench(
                connections: LifeStage.reportConnections, pictureBytes: 1_000, dataDirectory: folder)
            report.reports = ReportFigures(try await bench.reports(IntakeBench.usualReports))
            say(report.reports?.text ?? "")
        }
        return isJSON ? try report.json : nil
    }
}

/// All that was measured, for programs.
struct LifeReport: Codable {
    var store: BenchStore.Kind
    var simulators: SimulatorRates
    var lives: [LifeFigures]
    /// Delivery reports alone, where they were measured.
    var reports: ReportFigures?

    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}

/// Final reports on messages that are at the MMSC, and nothing else meanwhile.
struct ReportFigures: Codable {
    var perSecond: Double
    var processorSecondsPerThousand: Double
    var p50, p99, p999: Double

    enum CodingKeys: String, CodingKey {
        case perSecond = "per_second"
        case processorSecondsPerThousand = "processor_seconds_per_1000"
        case p50 = "p50_ms"
        case p99 = "p99_ms"
        case p999 = "p999_ms"
    }

    init(_ figures: IntakeBench.Figures) {
        let latencies = figures.latencies
        perSecond = Double(latencies.perSecond)
        processorSecondsPerThousand = figures.processorTime / .seconds(1) / Double(latencies.count) * 1000
        p50 = latencies.percentile(0.5) / .milliseconds(1)
        p99 = latencies.percentile(0.99) / .milliseconds(1)
        p999 = latencies.percentile(0.999) / .milliseconds(1)
    }

    /// In a line for a person.
    var text: String {
        """
        DeliveryReportReq on \(LifeStage.reportConnections) connections: \(Int(perSecond)) a second, \
        \((processorSecondsPerThousand * 1000).rounded() / 1000) CPU-s/1,000, p50 \((p50 * 10).rounded() / 10) ms, \
        p99 \((p99 * 10).rounded() / 10) ms
        """
    }
}
