import ArgumentParser
import FoundationEssentials
import Logging

struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Measures how fast messages go the whole way on this machine, and at what cost.",
        discussion:
            "The MMSC is a second process on the same processors. Figures are worth something in release builds.")

    @Option(help: "How many messages, in batches of 1,000.")
    var messages = 2000

    @Option(help: "The size of the picture in bytes.")
    var picture = 30_000

    @Option(help: "Exchanges in flight.")
    var inFlight = 32

    @Option(help: "Clients that call the REST API at once.")
    var clients = 32

    @Flag(help: "What is measured; without any, all but the backlog.")
    var parts: [Part] = []

    enum Part: String, EnumerableFlag {
        /// Messages the whole way, as fast as it goes.
        case line
        /// To an MMSC that takes 50 ms for an answer, with 64 exchanges in flight.
        case pace
        /// Batches of one message each, from a media server that takes 100 ms for each file.
        case media
        /// The REST API alone.
        case api
        /// Delivery reports of an MMSC.
        case reports
        /// Messages from handsets.
        case inbound
        /// A start with 1,000,000 messages in the queue.
        case backlog

        static func help(for value: Part) -> ArgumentHelp? {
            switch value {
            case .line: "Messages the whole way."
            case .pace: "To an MMSC that takes 50 ms for an answer, 64 exchanges in flight."
            case .media: "Batches of one message each; their media server takes 100 ms for a file."
            case .api: "The REST API alone."
            case .reports: "Delivery reports that an MMSC posts."
            case .inbound: "Messages from handsets that an MMSC posts, and large ones at once."
            case .backlog: "A start with 1,000,000 messages in the queue; takes a minute."
            }
        }
    }

    func run() async throws {
        let parts = parts.isEmpty ? [.line, .pace, .media, .api, .reports, .inbound] : parts
        if parts.contains(.line) { try await measureLine() }
        if parts.contains(.pace) { try await measurePace() }
        if parts.contains(.media) { try await measureMedia() }
        if parts.contains(.api) { try await measureAPI() }
        if parts.contains(.reports) { try await measureReports() }
        if parts.contains(.inbound) { try await measureInbound() }
        if parts.contains(.backlog) { try await measureBacklog() }
    }

    private func measurePace() async throws {
        let figures = try await queue(of: 40_000)
        print(
            """
            an MMSC that takes 50 ms for an answer, 64 exchanges in flight
            sending  \(pace(figures))  \(cost(figures.processorTime, of: figures.sent)) CPU-seconds per 1,000
            """)
    }

    private func measureMedia() async throws {
        let taken = try await inFolder { folder, logger in
            try await MediaBench(
                batches: messages, pictureBytes: picture, inFlight: inFlight, clients: clients, dataDirectory: folder,
                logger: logger
            ).run()
        }
        print(
            """
            \(messages) batches of one message, a media server that takes 100 ms for a file
            sending  \(taken.text)  \(rate(taken)) messages/s
            """)
    }

    private func measureBacklog() async throws {
        let figures = try await queue(of: 1_000_000)
        print(
            """
            a start with 1,000,000 messages in the queue, which took \(figures.filled.text) to fill
            first SubmitReq  \(figures.firstSubmission.text) after the start of the process
            sending          \(pace(figures))
            memory           \(figures.residentBytes / 1_000_000) MB resident at most
            """)
    }

    private func queue(of messages: Int) async throws -> QueueBench.Figures {
        try await inFolder { folder, _ in
            try await QueueBench(messages: messages, pictureBytes: picture, dataDirectory: folder).run()
        }
    }

    private func pace(_ figures: QueueBench.Figures) -> String {
        let share = (figures.perSecond / Double(QueueBench.mostPerSecond) * 1000).rounded() / 10
        return "\(Int(figures.perSecond)) messages/s, \(share) % of \(QueueBench.mostPerSecond)"
    }

    private func measureReports() async throws {
        let figures = try await inFolder { folder, _ in
            try await IntakeBench(connections: clients, pictureBytes: picture, dataDirectory: folder).reports()
        }
        print("DeliveryReportReq, \(clients) connections, each the final report of its message\n\(lines(figures))")
    }

    private func measureInbound() async throws {
        let (figures, memory) = try await inFolder { folder, _ in
            try await IntakeBench(connections: clients, pictureBytes: picture, dataDirectory: folder).inbound()
        }
        print(
            """
            DeliverReq with a picture of \(picture) bytes, \(clients) connections
            \(lines(figures))
            10 MB each from \(IntakeBench.largeConnections) connections at once
            memory     \(tenths(memory.binaryBytes)) MB per connection, \(tenths(memory.base64Bytes)) MB in base64
            """)
    }

    private func lines(_ figures: IntakeBench.Figures) -> String {
        let count = Double(figures.latencies.count)
        let cost = figures.processorTime / .seconds(1) / count * 1000
        return """
            answered   \(line(figures.latencies))
            gateway    \((cost * 1000).rounded() / 1000) CPU-seconds per 1,000
            memory     \(figures.residentBytes / 1_000_000) MB resident at most
            """
    }

    private func tenths(_ bytes: Int) -> Double { (Double(bytes) / 100_000).rounded() / 10 }

    private func measureAPI() async throws {
        let figures = try await inFolder { folder, logger in
            try await APIBench(clients: clients, dataDirectory: folder, logger: logger).run()
        }
        print(
            """
            the REST API, \(clients) clients
            POST, 1,000 recipients, one client  p50 \(figures.large.percentile(0.5).text)  \
            p99 \(figures.large.percentile(0.99).text)
            POST, one recipient  \(line(figures.small))
            GET of a batch       \(line(figures.readingBatches))
            GET of its report    \(line(figures.readingReports))
            """)
    }

    private func line(_ latencies: Latencies) -> String {
        let (p50, p99) = (latencies.percentile(0.5).text, latencies.percentile(0.99).text)
        return "\(latencies.perSecond) a second  p50 \(p50)  p99 \(p99)"
    }

    /// A data directory that is gone afterwards.
    private func inFolder<Value>(_ work: (String, Logger) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mm7-gateway-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var logger = Logger(label: "mm7-gateway")
        logger.logLevel = .error
        return try await work(folder.path(), logger)
    }

    private func measureLine() async throws {
        let figures = try await inFolder { folder, logger in
            try await LineBench(
                messages: messages, pictureBytes: picture, inFlight: inFlight, answerTime: .zero,
                dataDirectory: folder, logger: logger
            ).run()
        }
        print(
            """
            \(messages) messages of \(picture) bytes, \(inFlight) in flight
            accepted   \(figures.accepted.text)
            submitted  \(figures.submitted.text)  \(rate(figures.submitted)) messages/s  \
            \(cost(figures.submittedProcessorTime)) CPU-seconds per 1,000
            reported   \(figures.reported.text)  \(cost(figures.reportedProcessorTime)) CPU-seconds per 1,000, \
            submission included
            memory     \(figures.residentBytes / 1_000_000) MB resident at most
            MMSC       \(cost(figures.peerProcessorTime)) CPU-seconds per 1,000 in its own process
            """)
    }

    private func rate(_ duration: Duration) -> Int {
        Int(Double(messages) / max(duration / .seconds(1), 0.001))
    }

    private func cost(_ duration: Duration) -> Double { cost(duration, of: messages) }

    private func cost(_ duration: Duration, of messages: Int) -> Double {
        (duration / .seconds(1) / Double(messages) * 1_000_000).rounded() / 1000
    }
}
