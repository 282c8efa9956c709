import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayConfiguration
import HTTPServing
import Logging

/// How fast batches of one message each go, with media from a server that takes its time for each file.
struct MediaBench: Sendable {
    let batches: Int
    let pictureBytes: Int
    let inFlight: Int
    let clients: Int
    let dataDirectory: String
    let logger: Logger

    /// The time that the media server takes for one file.
    static let answerTime = Duration.milliseconds(100)

    /// From the first POST until the MMSC had every message.
    func run() async throws -> Duration {
        let listening = AsyncStream<Ports>.makeStream()
        let configuration = Configuration.onLoopback(dataDirectory: dataDirectory)
        let gateway = Gateway(configuration, logger: logger) { listening.continuation.yield($0) }
        let customer = DemoCustomer(
            picture: SamplePicture.jpeg(byteCount: pictureBytes), answerTime: Self.answerTime, logger: logger)
        return try await withServices([gateway, customer]) {
            let ports = try await first(of: listening.stream)
            guard case .listening(let customerPort) = try await first(of: customer.sights) else {
                throw CancellationError()
            }
            let peer = try ChildProcess(["mock-mmsc", "--listen", "127.0.0.1:0", "--checks", "light"])
            guard let url = try peer.line().split(separator: " ").last.map(String.init) else {
                throw BenchFailure("no address")
            }
            LineBench.introduce(url, to: gateway, inFlight: inFlight)
            let journal = try JournalPage(url: url)
            let start = ContinuousClock.now
            try await post(to: ports.customers, mediaPort: customerPort)
            try await journal.wait(until: batches)
            defer { _ = peer.stop() }
            return start.duration(to: .now)
        }
    }

    /// Every batch has a number and an address of its own, as different customers' batches have.
    private func post(to port: Int, mediaPort: Int) async throws {
        let client = try HTTPClient()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for first in 0..<clients {
                group.addTask {
                    for number in stride(from: first, to: batches, by: clients) {
                        var request = HTTPRequest(
                            method: .post, url: "http://127.0.0.1:\(port)/xms/v1/bench/batches")
                        request.headers = [
                            "Authorization": "Bearer \(LineBench.token)", "Content-Type": "application/json",
                        ]
                        let body = """
                            {"type":"mt_media","to":["1555\(1_000_000 + number)"],"body":{"url":\
                            "http://127.0.0.1:\(mediaPort)\(DemoCustomer.picturePath)?\(number)"}}
                            """
                        request.body = [Array(body.utf8)[...]]
                        let response = try await client.send(request)
                        guard response.status == 201 else {
                            throw BenchFailure("a batch was answered \(response.status)")
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
