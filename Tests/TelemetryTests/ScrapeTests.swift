import Synchronization
import Testing

@testable import Telemetry

@Suite("A scrape", .timeLimit(.minutes(5)))
struct ScrapeTests {
    private let prometheus = Prometheus(Metric.descriptions)
    private let telemetry: Telemetry
    private let clock = DeadlineClock()

    init() {
        telemetry = Telemetry(prometheus)
    }

    private func scrape(_ collectors: Collector...) -> Scrape {
        Scrape(prometheus, telemetry, collectors: collectors, clock: clock)
    }

    @Test("shows what its collectors found")
    func collects() async {
        let scrape = scrape(
            Collector { $0.queues(["north": QueueDepth(messages: ["queued": 5])]) },
            Collector { $0.mmsc("north").became(.well) })

        let text = await scrape.text()

        #expect(text.contains(#"mm7_queue_messages{mmsc="north",state="queued"} 5"#))
        #expect(text.contains(#"mm7_mmsc_state{mmsc="north",state="well"} 1"#))
        #expect(text.contains(#"mm7_collections_total{outcome="made"} 2"#))
    }

    @Test("does not wait beyond the deadline: the old values stay, and the reading is not begun twice")
    func late() async {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let begun = Mutex(0)
        let scrape = scrape(
            Collector { telemetry in
                let turn = begun.withLock { count in
                    count += 1
                    return count
                }
                if turn == 2 { for await _ in gate { break } }
                telemetry.queues(["north": QueueDepth(messages: ["queued": min(turn, 3)])])
            })
        #expect(await scrape.text().contains(#"state="queued"} 1"#))

        clock.passDeadlines()
        let late = await scrape.text()
        let meanwhile = await scrape.text()

        #expect(late.contains(#"state="queued"} 1"#))
        #expect(late.contains(#"mm7_collections_total{outcome="late"} 1"#))
        #expect(meanwhile.contains(#"mm7_collections_total{outcome="late"} 1"#))
        #expect(begun.withLock { $0 } == 2)

        open.yield()
        while await !scrape.text().contains(#"state="queued"} 3"#) { await Task.yield() }
    }

    @Test("counts a collector that fails and shows the rest")
    func failing() async {
        struct Closed: Error {}
        let text = await scrape(Collector { _ in throw Closed() }, Collector { $0.mmsc("north").became(.open) }).text()

        #expect(text.contains(#"mm7_collections_total{outcome="failed"} 1"#))
        #expect(text.contains(#"mm7_mmsc_state{mmsc="north",state="open"} 1"#))
    }

    @Test("joins the reading that another began")
    func together() async {
        let (gate, open) = AsyncStream<Void>.makeStream()
        let begun = Mutex(0)
        let run = CollectorRun(
            Collector { _ in
                begun.withLock { $0 += 1 }
                for await _ in gate { break }
            }, telemetry)
        let (one, oneWaits) = AsyncStream<Void>.makeStream()
        let (two, twoWaits) = AsyncStream<Void>.makeStream()
        run.begin(oneWaits)
        run.begin(twoWaits)

        open.yield()
        for await _ in one { break }
        for await _ in two { break }

        #expect(begun.withLock { $0 } == 1)
    }

    @Test("says what the process costs")
    func process() async throws {
        let lines = await scrape().text().split(separator: "\n")

        func value(_ name: String) throws -> Double {
            let line = try #require(lines.first { $0.hasPrefix(name + " ") })
            return try #require(Double(line.dropFirst(name.count + 1)))
        }
        #expect(try value("process_resident_memory_bytes") > 1_000_000)
        #expect(try value("process_cpu_seconds_total") > 0)
        #expect(try value("process_open_fds") >= 3)
        // Later than 2023; the clock of the machine is what it is compared to.
        #expect(try value("process_start_time_seconds") > 1_700_000_000)
    }
}

/// A clock on which no deadline passes until it is told to, and then every one at once.
private final class DeadlineClock: Clock {
    private let isOver = Mutex(false)

    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .nanoseconds(1) }

    func passDeadlines() { isOver.withLock { $0 = true } }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        // It is ended by whoever waited with a deadline.
        if !isOver.withLock({ $0 }) { try await Task.sleep(for: .seconds(3600)) }
    }
}
