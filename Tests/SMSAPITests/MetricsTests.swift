import DescribedAPI
import HTTPTypes
import HummingbirdTesting
import Telemetry
import Testing

@Suite("What the API counts")
struct MetricsTests {
    private let prometheus = Prometheus(Metric.descriptions)

    private var face: Face {
        var face = Face()
        face.telemetry = Telemetry(prometheus)
        return face
    }

    private var lines: [String] { prometheus.render().split(separator: "\n").map(String.init) }

    @Test("a batch that was taken, its messages, and how long it took")
    func accepted() async throws {
        var body = Face.goodBody
        body["to"] = ["12025550141", "12025550142"]

        #expect(try await face.post(body).status == .created)

        #expect(lines.contains("mm7_accepted_batches_total 1"))
        #expect(lines.contains("mm7_accepted_messages_total 2"))
        #expect(lines.contains("mm7_accept_seconds_count 1"))
    }

    @Test("a batch that was refused, or taken before, is none that was taken")
    func notAccepted() async throws {
        let body = try Face.goodBody.text
        try await face.session { caller in
            for _ in 0..<2 {
                let answer = try await caller.send(.post, "/xms/v1/shop/batches", body: body, key: "once")
                #expect(answer.status == .created)
            }
            #expect(try await caller.send(.post, "/xms/v1/shop/batches", body: "{}").status == .badRequest)
        }

        #expect(lines.contains("mm7_accepted_batches_total 1"))
        #expect(lines.contains(#"mm7_api_requests_total{status="201"} 2"#))
    }

    @Test("every request below the API's path, by the status of its answer, whoever gave it")
    func requests() async throws {
        try await face.session { caller in
            _ = try await caller.send(.get, "/xms/v1/shop/batches")
            _ = try await caller.send(.get, "/xms/v1/shop/batches", token: "wrong")
            _ = try await caller.send(.get, "/xms/v1/shop/nothing")
            _ = try await caller.send(.patch, "/xms/v1/shop/batches")
            _ = try await caller.send(.get, "/elsewhere")
        }

        let statuses = lines.filter { $0.hasPrefix("mm7_api_requests_total{") }
        #expect(
            statuses == ["200", "401", "404", "405"].map { #"mm7_api_requests_total{status="\#($0)"} 1"# })
    }

    @Test("no series names a number, a batch or a plan")
    func names() async throws {
        let answer = try await face.post(Face.goodBody)

        let text = prometheus.render()
        let id = try answer.json.id
        for secret in ["12025550141", "12025550100", "shop", id] { #expect(!text.contains(secret)) }
    }
}
