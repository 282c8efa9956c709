import CurlHTTP
import FoundationEssentials
import SQLStore
import SQLiteStore

/// How a gateway works off a queue that it finds at its start: how soon it sends, how fast, and what it needs in memory
/// meanwhile. Gateway and MMSC are processes of their own.
struct QueueBench: Sendable {
    /// How many messages are queued. The measuring ends early where all of them are sent.
    let messages: Int
    let pictureBytes: Int
    let dataDirectory: String

    /// The MMSC's time for an answer, and exchanges in flight: 1,280 messages a second go through at best.
    static let mostPerSecond = 1280
    private static let answerTime = "50ms"
    private static let inFlight = 64
    private static let measuring = Duration.seconds(20)

    struct Figures: Sendable {
        /// The time to fill the store, which says nothing of the gateway's speed: it is done without HTTP.
        var filled: Duration
        /// The time from the start of the process to the first SubmitReq at the MMSC.
        var firstSubmission: Duration
        /// Messages a second over the time of measuring.
        var perSecond: Double
        /// Processor time of the gateway in all, and the messages that it sent.
        var processorTime: Duration
        var sent: Int
        /// The largest memory of the gateway.
        var residentBytes: Int
    }

    func run() async throws -> Figures {
        let clock = ContinuousClock()
        let begin = clock.now
        let filling = try await FilledStore(dataDirectory: dataDirectory)
        try await filling.add(messages, pictureBytes: pictureBytes)
        await filling.store.close()
        let filled = begin.duration(to: clock.now)
        let peer = try ChildProcess([
            "mock-mmsc", "--listen", "127.0.0.1:0", "--checks", "light", "--delay", Self.answerTime,
        ])
        guard let url = try peer.line().split(separator: " ").last.map(String.init) else {
            throw BenchFailure("no address")
        }
        let configuration = try writeConfiguration(mmscURL: url)
        let start = clock.now
        let gateway = try ChildProcess(["serve", "--config", configuration])
        let journal = try JournalPage(url: url)
        try await journal.wait(until: 1)
        let first = start.duration(to: clock.now)
        let (countBefore, timeBefore) = (try await journal.received(), clock.now)
        var sent = countBefore
        repeat {
            try await Task.sleep(for: .milliseconds(100))
            sent = try await journal.received()
        } while sent < messages && timeBefore.duration(to: clock.now) < Self.measuring
        let passed = timeBefore.duration(to: clock.now)
        let resident = gateway.peakResidentBytes
        let processorTime = gateway.stop()
        _ = peer.stop()
        return Figures(
            filled: filled, firstSubmission: first, perSecond: Double(sent - countBefore) / (passed / .seconds(1)),
            processorTime: processorTime, sent: sent, residentBytes: resident)
    }

    private func writeConfiguration(mmscURL: String) throws -> String {
        let path = dataDirectory + "/bench.json"
        let text = """
            {
              server: {listen: "127.0.0.1:0"}, mm7: {listen: "127.0.0.1:0"}, operations: {listen: "127.0.0.1:0"},
              data_directory: "\(dataDirectory)",
              service_plans: [{id: "bench", api_tokens: ["bench-token"], default_originator: "12025550100"}],
              mmscs: [{name: "bench", url: "\(mmscURL)", vaspid: "bench-vasp", max_in_flight: \(Self.inFlight)}],
              routes: [{prefix: "", mmscs: ["bench"]}],
              log: {level: "error"},
            }
            """
        try Data(text.utf8).write(to: URL(filePath: path))
        return path
    }
}
