import GatewayCore
import HTTPTypes
import MM7Endpoint
import Telemetry
import Testing

@Suite("What is counted of an MMSC's posts")
struct MetricsTests {
    private let prometheus = Prometheus(Metric.descriptions)

    private func endpoint(_ result: Result<ReportResult, StoreFailure> = .success(.held)) -> TestEndpoint {
        TestEndpoint(store: ReportStore(result), telemetry: Telemetry(prometheus))
    }

    private var lines: [String] { prometheus.render().split(separator: "\n").map(String.init) }

    @Test(
        "a report by what the store made of it, and how long that took",
        arguments: [
            (.success(.applied(ULID(high: 1, low: 1))), "applied"),
            (.success(.nothingNew(ULID(high: 1, low: 1))), "nothing_new"), (.success(.held), "held"),
            (.success(.unknownMessage), "unknown_message"), (.failure(.closed), "refused"),
        ] as [(Result<ReportResult, StoreFailure>, String)])
    func reports(result: Result<ReportResult, StoreFailure>, word: String) async throws {
        _ = try await endpoint(result).post(Fixture.request("report-standard.xml"))

        let counts = lines.filter { $0.hasPrefix("mm7_reports_total{") && $0.hasSuffix(" 1") }
        #expect(counts == [#"mm7_reports_total{mmsc="north",result="\#(word)"} 1"#])
        #expect(lines.contains(#"mm7_report_seconds_count{mmsc="north"} 1"#))
    }

    @Test("what was not taken is refused and not timed", arguments: ["truncated.xml", "submit.xml"])
    func refused(name: String) async throws {
        _ = try await endpoint().post(Fixture.request(name))

        #expect(lines.contains(#"mm7_reports_total{mmsc="north",result="refused"} 1"#))
        #expect(lines.contains(#"mm7_report_seconds_count{mmsc="north"} 0"#))
    }

    @Test(
        "a message from a handset by what became of it, apart from reports",
        arguments: [
            (ReportStore(), "12025550100", "unknown_recipient"), (ReportStore(), "55512", "taken"),
            (ReportStore(isRepetition: true), "55512", "repeated"),
            (ReportStore(inboundFailure: .closed), "55512", "refused"),
        ])
    func inbounds(store: ReportStore, number: String, word: String) async throws {
        var endpoint = TestEndpoint(store: store, telemetry: Telemetry(prometheus))
        endpoint.plans = [ServicePlan(id: "plan1", apiTokens: [], numbers: [number])]
        _ = try await endpoint.post(Fixture.request("deliver.xml"))

        let counts = lines.filter { $0.hasPrefix("mm7_inbounds_total{") && $0.hasSuffix(" 1") }
        #expect(counts == [#"mm7_inbounds_total{mmsc="north",result="\#(word)"} 1"#])
        #expect(!lines.contains { $0.hasPrefix("mm7_reports_total{") && $0.hasSuffix(" 1") })
    }

    @Test("a post under another name makes no series")
    func unknownMMSC() async throws {
        _ = try await endpoint().post(Fixture.request("report-standard.xml"), to: "/mm7/12025550100")

        #expect(!lines.contains { $0.hasPrefix("mm7_reports_total{") })
    }
}
