import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Logging

/// How fast the SMS REST API takes batches and reports on them, with nothing sent meanwhile: the batches are for later.
struct APIBench: Sendable {
    /// How many batches of one recipient are posted.
    let posts: Int
    /// How often a batch is read, and its report.
    let reads: Int
    let clients: Int
    let dataDirectory: String
    let logger: Logger

    private static let token = "bench-token"
    private static let largeBatches = 60

    /// What was measured.
    struct Figures: Sendable {
        /// POSTs of 1,000 recipients, one after the other.
        var large: Latencies
        /// POSTs of one recipient from all clients.
        var small: Latencies
        var readingBatches: Latencies
        var readingReports: Latencies
    }

    func run() async throws -> Figures {
        let listening = AsyncStream<Ports>.makeStream()
        let gateway = Gateway(.onLoopback(dataDirectory: dataDirectory), logger: logger) {
            listening.continuation.yield($0)
        }
        var plan = ServicePlan(id: "bench", apiTokens: [Secret(Self.token)])
        plan.customer.defaultOriginator = Originator("12025550100")
        gateway.directory.replace(
            with: Directory(
                servicePlans: [plan], mmscs: [MMSC(name: "bench", url: "http://127.0.0.1:9/")],
                routes: Routes([.init(prefix: "", mmscs: ["bench"])])))
        return try await withServices([gateway]) {
            let ports = try await first(of: listening.stream)
            return try await measure("http://127.0.0.1:\(ports.customers)/xms/v1/bench/batches")
        }
    }

    private func measure(_ batches: String) async throws -> Figures {
        let client = try HTTPClient()
        let large = try await Latencies.of(min(Self.largeBatches, posts), clients: 1) { number in
            let numbers = (0..<1000).map { "1555\(1_000_000 + number * 1000 + $0)" }
            try await expect(201, client, post(to: numbers, batches))
        }
        let small = try await Latencies.of(posts, clients: clients) { number in
            try await expect(201, client, post(to: ["1556\(1_000_000 + number)"], batches))
        }
        let id = try await oneBatch(batches, client)
        let reading = try await Latencies.of(reads, clients: clients) { _ in
            try await expect(200, client, get("\(batches)/\(id)"))
        }
        let reports = try await Latencies.of(reads, clients: clients) { _ in
            try await expect(200, client, get("\(batches)/\(id)/delivery_report"))
        }
        await client.shutdown()
        return Figures(large: large, small: small, readingBatches: reading, readingReports: reports)
    }

    private func oneBatch(_ batches: String, _ client: HTTPClient) async throws -> String {
        struct Taken: Decodable { let id: String }
        let response = try await client.send(post(to: ["15571000000"], batches))
        return try JSONDecoder().decode(Taken.self, from: Data(response.body)).id
    }

    private func post(to numbers: [String], _ url: String) -> HTTPRequest {
        let recipients = numbers.map { "\"\($0)\"" }.joined(separator: ",")
        let body = """
            {"type":"mt_media","to":[\(recipients)],"body":{"message":"Hello","url":"https://media.example.net/a.jpg"},\
            "send_at":"2099-01-01T00:00:00Z"}
            """
        var request = HTTPRequest(method: .post, url: url)
        request.headers = ["Authorization": "Bearer \(Self.token)", "Content-Type": "application/json"]
        request.body = [Array(body.utf8)[...]]
        return request
    }

    private func get(_ url: String) -> HTTPRequest {
        var request = HTTPRequest(method: .get, url: url)
        request.headers = ["Authorization": "Bearer \(Self.token)"]
        return request
    }

    private func expect(_ status: Int, _ client: HTTPClient, _ request: HTTPRequest) async throws {
        let response = try await client.send(request)
        guard response.status == status else { throw BenchFailure("a call was answered \(response.status)") }
    }
}
