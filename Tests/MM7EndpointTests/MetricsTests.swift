import GatewayCore
import HTTPTypes
import Telemetry
import Testing

@Suite("What is counted of an MMSC's posts")
struct MetricsTests {
    private let prometheus = Prometheus(Metric.descriptions)

    private func endpoint(_ result: Result<ReportResult, StoreFailure> = .success(.held)) -> TestEndpoint {
        TestEndpoint(store: PostStore(result), telemetry: Telemetry(prometheus))
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

    @Test(
        "what was not read as a report or a message is counted by the reason, and as nothing else",
        arguments: [
            ("truncated.xml", "unreadable"), ("submit.xml", "unsupported"), ("page.html", "unreadable"),
        ])
    func refused(name: String, word: String) async throws {
        _ = try await endpoint().post(Fixture.request(name))

        #expect(prometheus.counts("mm7_posts_refused_total") == [#"{mmsc="north",reason="\#(word)"} 1"#])
        expectNothingRead()
    }

    @Test(
        "a post that is refused unread is counted by the reason",
        arguments: [
            (.get, "/mm7/north", "north", "wrong_method"), (.get, "/mm7/12025550100", "", "wrong_method"),
            (.post, "/mm7/12025550100", "", "unknown_mmsc"), (.post, "/", "", "unknown_mmsc"),
            (.post, "/mm7/north", "north", "credentials"),
        ] as [(HTTPRequest.Method, String, String, String)])
    func unread(method: HTTPRequest.Method, path: String, mmsc: String, word: String) async throws {
        var endpoint = endpoint()
        endpoint.callback = CallbackAccess(login: .init(username: "north", password: Secret("p")))
        _ = try await endpoint.post(Fixture.request("report-standard.xml"), to: path, method: method)

        #expect(prometheus.counts("mm7_posts_refused_total") == [#"{mmsc="\#(mmsc)",reason="\#(word)"} 1"#])
        expectNothingRead()
    }

    @Test("so is one that is too large")
    func tooLarge() async throws {
        _ = try await endpoint().post([UInt8](repeating: 10, count: 70_000))

        #expect(prometheus.counts("mm7_posts_refused_total") == [#"{mmsc="north",reason="too_large"} 1"#])
        expectNothingRead()
    }

    private func expectNothingRead() {
        for name in [
            "mm7_reports_total", "mm7_inbounds_total", "mm7_report_seconds_count", "mm7_deliver_seconds_count",
        ] {
            #expect(prometheus.counts(name) == [])
        }
    }

    @Test(
        "a message from a handset by what became of it, apart from reports",
        arguments: [
            (PostStore(), "12025550100", "unknown_recipient"), (PostStore(), "55512", "taken"),
            (PostStore(isRepetition: true), "55512", "repeated"),
            (PostStore(inboundFailure: .closed), "55512", "refused"),
        ])
    func inbounds(store: PostStore, number: String, word: String) async throws {
        var endpoint = TestEndpoint(store: store, telemetry: Telemetry(prometheus))
        endpoint.plans = [ServicePlan(id: "plan1", apiTokens: [], numbers: [number])]
        _ = try await endpoint.post(Fixture.request("deliver.xml"))

        let counts = lines.filter { $0.hasPrefix("mm7_inbounds_total{") && $0.hasSuffix(" 1") }
        #expect(counts == [#"mm7_inbounds_total{mmsc="north",result="\#(word)"} 1"#])
        #expect(!lines.contains { $0.hasPrefix("mm7_reports_total{") && $0.hasSuffix(" 1") })
        #expect(prometheus.counts("mm7_deliver_seconds_count") == [#"{mmsc="north"} 1"#])
        #expect(prometheus.counts("mm7_posts_refused_total") == [])
    }

    @Test("a post under another name makes no series")
    func unknownMMSC() async throws {
        _ = try await endpoint().post(Fixture.request("report-standard.xml"), to: "/mm7/12025550100")

        #expect(!lines.contains { $0.hasPrefix("mm7_reports_total{") })
    }
}

extension Prometheus {
    /// The labels and values of a metric's series that are not zero.
    func counts(_ name: String) -> [String] {
        render().split(separator: "\n").filter { $0.hasPrefix(name + "{") && !$0.hasSuffix(" 0") }
            .map { String($0.dropFirst(name.count)) }
    }
}
