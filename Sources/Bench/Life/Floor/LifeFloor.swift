import FoundationEssentials

/// The least that the lives of an order could cost, and how often that the gateway costs: nobody submits a message with
/// less than libcurl's work, or keeps it with less than SQLite's.
struct LifeFloor: Codable, Sendable {
    var posts: FloorFigures
    var rows: FloorFigures
    /// The gateway's processor time against that of both together.
    var processorRatio: Double
    /// The time of both, one after the other, against the gateway's.
    var timeRatio: Double

    enum CodingKeys: String, CodingKey {
        case posts, rows
        case processorRatio = "processor_ratio"
        case timeRatio = "time_ratio"
    }

    private static let messages = 2_000

    /// - Parameters:
    ///   - figures: those of the gateway.
    ///   - dataDirectory: what the gateway left.
    init(of order: LifeOrder, _ figures: LifeFigures, dataDirectory: String) throws {
        // It is not to report: that is long after the end.
        let mmsc = try PeerProcess(
            .mmsc(
                .init(
                    delay: order.mmscDelay / .seconds(1), reportDelay: 3_600, reportPort: 9, reportConnections: 1)))
        defer { mmsc.stop() }
        posts = try PeerProcess.floor(
            .posts(
                port: mmsc.port, pictureBytes: order.pictureBytes, count: Self.messages, inFlight: order.inFlight))
        rows = try PeerProcess.floor(
            .rows(
                dataDirectory: dataDirectory, messages: Self.messages, commitsPerMessage: figures.commitsPerMessage))
        let processor = posts.processorSecondsPerThousand + rows.processorSecondsPerThousand
        let time = 1 / posts.messagesPerSecond + 1 / rows.messagesPerSecond
        processorRatio = figures.processorSecondsPerThousand / max(processor, 0.000_001)
        timeRatio = 1 / figures.messagesPerSecond / max(time, 0.000_001)
    }

    /// In a line for a person.
    var text: String {
        """
        floor: libcurl \(Int(posts.messagesPerSecond))/s \(rounded(posts.processorSecondsPerThousand)) CPU-s/1,000, \
        SQLite \(Int(rows.messagesPerSecond))/s \(rounded(rows.processorSecondsPerThousand)) CPU-s/1,000 \
        \(Int(rows.writtenBytesPerMessage)) B; the gateway \(rounded(processorRatio)) times the processor time, \
        \(rounded(timeRatio)) times the time
        """
    }

    private func rounded(_ value: Double) -> String { "\((value * 1000).rounded() / 1000)" }
}
