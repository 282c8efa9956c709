import ConfigurationReading
import FoundationEssentials
import Logging
import Logs

/// What can be measured, each as some lines for a person.
package struct Measures: Sendable {
    /// How many messages, posts or calls; without it, as many as each measurement needs for figures that repeat.
    let messages: Int?
    /// The size of the picture, in bytes.
    let picture: Int
    /// Exchanges in flight.
    let inFlight: Int
    /// Clients that call the REST API at once.
    let clients: Int
    /// The gateway's, where messages go the whole way.
    let store: BenchStore

    /// How many messages go the whole way.
    static let messages = 2_000

    package init(messages: Int?, pictureBytes: Int, inFlight: Int, clients: Int, store: BenchStore = .sqlite) {
        self.messages = messages
        self.store = store
        picture = pictureBytes
        self.inFlight = inFlight
        self.clients = clients
    }

    /// Messages to an MMSC that takes 50 ms for an answer, with 64 exchanges in flight.
    package func pace() async throws -> String {
        let figures = try await queue(of: messages ?? 40_000)
        return """
            an MMSC that takes 50 ms for an answer, 64 exchanges in flight
            sending  \(pace(figures))  \(cost(figures.processorTime, of: figures.sent)) CPU-seconds per 1,000
            """
    }

    /// Batches of one message each, from a media server that takes 100 ms for each file.
    package func media() async throws -> String {
        let messages = messages ?? Self.messages
        let taken = try await Self.inFolder { folder, logger in
            try await MediaBench(
                batches: messages, pictureBytes: picture, inFlight: inFlight, clients: clients, dataDirectory: folder,
                logger: logger
            ).run()
        }
        return """
            \(messages) batches of one message, a media server that takes 100 ms for a file
            sending  \(taken.text)  \(rate(messages, in: taken)) messages/s
            """
    }

    /// A start with 1,000,000 messages in the queue.
    package func backlog() async throws -> String {
        let messages = messages ?? 1_000_000
        let figures = try await queue(of: messages)
        return """
            a start with \(messages) messages in the queue, which took \(figures.filled.text) to fill
            first SubmitReq  \(figures.firstSubmission.text) after the start of the process
            sending          \(pace(figures))
            memory           \(figures.residentBytes / 1_000_000) MB resident at most
            """
    }

    private func queue(of messages: Int) async throws -> QueueBench.Figures {
        try await Self.inFolder { folder, _ in
            try await QueueBench(messages: messages, pictureBytes: picture, dataDirectory: folder).run()
        }
    }

    private func pace(_ figures: QueueBench.Figures) -> String {
        let share = (figures.perSecond / Double(QueueBench.mostPerSecond) * 1000).rounded() / 10
        return "\(Int(figures.perSecond)) messages/s, \(share) % of \(QueueBench.mostPerSecond)"
    }

    /// Delivery reports of an MMSC.
    package func reports() async throws -> String {
        let figures = try await Self.inFolder { folder, _ in
            try await IntakeBench(connections: clients, pictureBytes: picture, dataDirectory: folder)
                .reports(messages ?? IntakeBench.usualReports)
        }
        return "DeliveryReportReq, \(clients) connections, each the final report of its message\n\(lines(figures))"
    }

    /// Messages from handsets.
    package func inbound() async throws -> String {
        let (figures, memory) = try await Self.inFolder { folder, _ in
            try await IntakeBench(connections: clients, pictureBytes: picture, dataDirectory: folder)
                .inbound(messages ?? IntakeBench.usualInbounds)
        }
        return """
            DeliverReq with a picture of \(picture) bytes, \(clients) connections
            \(lines(figures))
            10 MB each from \(IntakeBench.largeConnections) connections at once
            memory     \(tenths(memory.binaryBytes)) MB per connection, \(tenths(memory.base64Bytes)) MB in base64
            """
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

    /// The REST API alone.
    package func api() async throws -> String {
        let figures = try await Self.inFolder { folder, logger in
            try await APIBench(
                posts: messages ?? 9_000, reads: messages ?? 20_000, clients: clients, dataDirectory: folder,
                logger: logger
            ).run()
        }
        return """
            the REST API, \(clients) clients
            POST, 1,000 recipients, one client  p50 \(figures.large.percentile(0.5).text)  \
            p99 \(figures.large.percentile(0.99).text)
            POST, one recipient  \(line(figures.small))
            GET of a batch       \(line(figures.readingBatches))
            GET of its report    \(line(figures.readingReports))
            """
    }

    /// The Conversation API and its callbacks.
    package func conversation() async throws -> String {
        let figures = try await Self.inFolder { folder, _ in
            try await ConversationBench(calls: messages ?? 20_000, clients: clients, dataDirectory: folder).run()
        }
        return """
            the Conversation API, \(clients) clients
            messages:send        \(line(figures.sends))
            batch of 1,000, one client  p50 \(figures.batches.percentile(0.5).text)  \
            p99 \(figures.batches.percentile(0.99).text)
            callbacks            \(figures.callbacksPerSecond) a second  \
            \(cost(figures.processorTime, of: figures.callbackCount)) CPU-seconds per 1,000
            """
    }

    private func line(_ latencies: Latencies) -> String {
        let (p50, p99) = (latencies.percentile(0.5).text, latencies.percentile(0.99).text)
        return "\(latencies.perSecond) a second  p50 \(p50)  p99 \(p99)"
    }

    /// Does the work in a data directory that is removed afterwards.
    static func inFolder<Value>(_ work: (String, Logger) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mm7-gateway-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let leftover = Leftovers.add { try? FileManager.default.removeItem(at: folder) }
        defer { Leftovers.takeBack(leftover) { try? FileManager.default.removeItem(at: folder) } }
        return try await work(folder.path(), LogControl(.error).logger(label: "mm7-gateway"))
    }

    func rate(_ messages: Int, in duration: Duration) -> Int {
        Int(Double(messages) / max(duration / .seconds(1), 0.001))
    }

    func cost(_ duration: Duration, of messages: Int) -> Double {
        (duration / .seconds(1) / Double(messages) * 1_000_000).rounded() / 1000
    }
}
