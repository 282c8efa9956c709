import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayConfiguration
import GatewayCore
import Glibc
import HTTPServing
import Logging

/// How fast messages go the whole way, to an MMSC in a process of its own on this machine.
struct LineBench: Sendable {
    let messages: Int
    let pictureBytes: Int
    let inFlight: Int
    /// The MMSC's time for an answer.
    let answerTime: Duration
    let store: BenchStore
    let dataDirectory: String
    let logger: Logger

    static let recipientsPerBatch = 1000
    static let token = "bench-token"

    /// What was measured.
    struct Figures: Sendable {
        /// The time from the first POST until all batches were accepted.
        var accepted: Duration
        /// The time from the first POST until the MMSC had taken every message.
        var submitted: Duration
        /// Processor time of the gateway by then, user and system; customer and picture server included.
        var submittedProcessorTime: Duration
        /// The time from the first POST until every delivery was reported and recorded.
        var reported: Duration
        var reportedProcessorTime: Duration
        /// The largest memory of the gateway.
        var residentBytes: Int
        /// The MMSC's time on the processors, for the whole run.
        var peerProcessorTime: Duration
        /// What a PostgreSQL server did, from the first POST on.
        var database: BenchDatabase.Growth?
    }

    func run() async throws -> Figures {
        let listening = AsyncStream<Ports>.makeStream()
        var configuration = Configuration.onLoopback(dataDirectory: dataDirectory + "/gateway")
        let database = try await store.database(in: dataDirectory + "/postgresql")
        defer { database?.stop() }
        configuration.store.postgresql = database?.address
        let gateway = Gateway(configuration, logger: logger) { listening.continuation.yield($0) }
        let customer = DemoCustomer(picture: SamplePicture.jpeg(byteCount: pictureBytes), logger: logger)
        return try await withServices([gateway, customer]) {
            let ports = try await first(of: listening.stream)
            guard case .listening(let customerPort) = try await first(of: customer.sights) else {
                throw CancellationError()
            }
            let peer = try ChildProcess([
                "mock-mmsc", "--listen", "127.0.0.1:0", "--checks", "light", "--report-delay", "3s",
                "--delay", "\(Int(answerTime / .milliseconds(1)))ms",
                "--callback-url", "http://127.0.0.1:\(ports.mm7)/mm7/bench",
            ])
            guard let url = try peer.line().split(separator: " ").last else { throw BenchFailure("no address") }
            Self.introduce(String(url), to: gateway, inFlight: inFlight)
            let before = try database?.read()
            var figures = try await measure(ports: ports, customerPort: customerPort)
            if let database, let before { figures.database = try database.growth(since: before) }
            figures.peerProcessorTime = peer.stop()
            return figures
        }
    }

    static func introduce(_ url: String, to gateway: Gateway, inFlight: Int) {
        var plan = ServicePlan(id: "bench", apiTokens: [Secret(Self.token)])
        plan.customer.defaultOriginator = Originator("12025550100")
        let mmsc = MMSC(name: "bench", url: url, vaspID: "bench-vasp", maxInFlight: inFlight)
        gateway.directory.replace(
            with: Directory(
                servicePlans: [plan], mmscs: [mmsc], routes: Routes([.init(prefix: "", mmscs: [mmsc.name])])))
    }

    private func measure(ports: Ports, customerPort: Int) async throws -> Figures {
        let client = try HTTPClient()
        let batches = "http://127.0.0.1:\(ports.customers)/xms/v1/bench/batches"
        let clock = ContinuousClock()
        let usageBefore = rusage.ofThisProcess.processorTime
        let start = clock.now
        var ids: [String] = []
        for first in stride(from: 0, to: messages, by: Self.recipientsPerBatch) {
            let numbers = (first..<min(first + Self.recipientsPerBatch, messages)).map { "1555\(1_000_000 + $0)" }
            ids.append(try await post(numbers, to: batches, customerPort: customerPort, client))
        }
        let accepted = start.duration(to: clock.now)
        try await wait(until: { $0.waiting == 0 }, for: ids, batches, client)
        let submitted = start.duration(to: clock.now)
        let submittedUsage = rusage.ofThisProcess.processorTime - usageBefore
        try await wait(until: { $0.delivered == messages }, for: ids, batches, client)
        let usage = rusage.ofThisProcess
        return Figures(
            accepted: accepted, submitted: submitted, submittedProcessorTime: submittedUsage,
            reported: start.duration(to: clock.now), reportedProcessorTime: usage.processorTime - usageBefore,
            residentBytes: usage.ru_maxrss * 1024, peerProcessorTime: .zero)
    }

    private func post(_ numbers: [String], to url: String, customerPort: Int, _ client: HTTPClient) async throws
        -> String
    {
        let recipients = numbers.map { "\"\($0)\"" }.joined(separator: ",")
        let body = """
            {"type":"mt_media","to":[\(recipients)],"body":{"message":"Hello","url":\
            "http://127.0.0.1:\(customerPort)\(DemoCustomer.picturePath)"}}
            """
        var request = HTTPRequest(method: .post, url: url)
        request.headers = ["Authorization": "Bearer \(Self.token)", "Content-Type": "application/json"]
        request.body = [Array(body.utf8)[...]]
        let response = try await client.send(request)
        guard response.status == 201 else { throw BenchFailure("a batch was answered \(response.status)") }
        struct Taken: Decodable { let id: String }
        return try JSONDecoder().decode(Taken.self, from: Data(response.body)).id
    }

    private struct Progress {
        /// How many the MMSC has not taken yet.
        var waiting = 0
        var delivered = 0
    }

    private func wait(
        until isDone: (Progress) -> Bool, for ids: [String], _ url: String, _ client: HTTPClient
    ) async throws {
        struct Report: Decodable {
            struct Status: Decodable {
                let status: String
                let count: Int
            }
            let statuses: [Status]
        }
        for _ in 0..<600 {
            var progress = Progress()
            for id in ids {
                var request = HTTPRequest(method: .get, url: "\(url)/\(id)/delivery_report")
                request.headers = ["Authorization": "Bearer \(Self.token)"]
                let report = try JSONDecoder().decode(Report.self, from: Data(try await client.send(request).body))
                for status in report.statuses {
                    switch status.status {
                    case "Queued": progress.waiting += status.count
                    case "Delivered": progress.delivered += status.count
                    case "Dispatched": break
                    default: throw BenchFailure("\(status.count) messages ended as \(status.status)")
                    }
                }
            }
            if isDone(progress) { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw BenchFailure("the messages did not get through within a minute")
    }
}
