import CurlHTTP
import FoundationEssentials
import Glibc
import MM7
import SQLStore
import SQLiteStore

/// The least that a message could cost, done by a process of its own.
package enum FloorTask: Codable {
    /// POSTs of SubmitReqs by libcurl alone.
    case posts(port: Int, pictureBytes: Int, count: Int, inFlight: Int)
    /// The rows that a gateway wrote, each once, in as many commits for a message.
    case rows(dataDirectory: String, messages: Int, commitsPerMessage: Double)

    /// Does it and gives the figures as JSON, in one line.
    func run() throws -> String {
        let figures: FloorFigures
        switch self {
        case .posts(let port, let pictureBytes, let count, let inFlight):
            let message = try PostTemplate.submitMessage(pictureBytes: pictureBytes)
            let posts = BarePosts(
                url: "http://127.0.0.1:\(port)/mm7", contentType: message.contentType, body: Array(message.bytes))
            try posts.run(max(count / 10, 1), inFlight: inFlight)
            figures = try FloorFigures.measured(count) { try posts.run(count, inFlight: inFlight) }
        case .rows(let dataDirectory, let messages, let commitsPerMessage):
            let rows = try WrittenRows(of: dataDirectory, limit: messages)
            let target = dataDirectory + "/floor"
            try WrittenRows.makeDatabase(in: target)
            let commits = max(Int((Double(rows.messages) * commitsPerMessage).rounded()), 1)
            figures = try FloorFigures.measured(rows.messages) { try rows.write(to: target, commits: commits) }
        }
        return String(decoding: try JSONEncoder().encode(figures), as: UTF8.self)
    }
}

/// What one part of the floor costs.
struct FloorFigures: Codable, Sendable {
    var messagesPerSecond: Double
    var processorSecondsPerThousand: Double
    var writtenBytesPerMessage: Double

    enum CodingKeys: String, CodingKey {
        case messagesPerSecond = "messages_per_second"
        case processorSecondsPerThousand = "processor_seconds_per_1000"
        case writtenBytesPerMessage = "written_bytes_per_message"
    }

    static func measured(_ messages: Int, _ work: () throws -> Void) throws -> FloorFigures {
        let before = try ProcessReading(of: getpid())
        let begun = MonotonicTime.now
        try work()
        let seconds = begun.duration(to: .now) / .seconds(1)
        let after = try ProcessReading(of: getpid())
        let count = Double(max(messages, 1))
        return FloorFigures(
            messagesPerSecond: count / max(seconds, 0.000_001),
            processorSecondsPerThousand: (after.processorTime - before.processorTime) / .seconds(1) / count * 1000,
            writtenBytesPerMessage: Double(after.writtenBytes - before.writtenBytes) / count)
    }
}
