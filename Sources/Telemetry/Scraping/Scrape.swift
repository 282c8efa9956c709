/// The answer to a scraper: everything that was recorded, and the figures of the collectors, read now.
package struct Scrape: Sendable {
    private let prometheus: Prometheus
    private let runs: [CollectorRun]
    private let process: ProcessReadings
    private let telemetry: Telemetry
    private let deadline: Duration
    private let clock: any Clock<Duration>

    /// The media type of the text that it returns.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// - Parameters:
    ///   - telemetry: the telemetry that records into the backend.
    ///   - deadline: for all collectors together, which run at the same time.
    package init(
        _ prometheus: Prometheus, _ telemetry: Telemetry, collectors: [Collector] = [],
        deadline: Duration = .seconds(2), clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.prometheus = prometheus
        self.telemetry = telemetry
        self.deadline = deadline
        self.clock = clock
        runs = collectors.map { CollectorRun($0, telemetry) }
        process = telemetry.processReadings()
    }

    package func text() async -> String {
        do {
            try process.read()
        } catch {
            telemetry.collected(.failed)
        }
        if !runs.isEmpty { await collect() }
        return prometheus.render()
    }

    private func collect() async {
        let (ends, waiter) = AsyncStream<Void>.makeStream()
        for run in runs { run.begin(waiter) }
        let isLate = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                var left = runs.count
                for await _ in ends {
                    left -= 1
                    if left == 0 { return false }
                }
                return false
            }
            group.addTask {
                // This sleep is cancelled when the others were in time, or with the scrape.
                try? await clock.sleep(for: deadline)
                return !Task.isCancelled
            }
            defer { group.cancelAll() }
            return await group.next() ?? false
        }
        waiter.finish()
        if isLate { for run in runs { run.giveUp() } }
    }
}
