import FoundationEssentials
import GatewayCore
import Testing

@testable import Telemetry

@Suite("What the gateway records")
struct TelemetryTests {
    private let prometheus = Prometheus(Metric.descriptions)
    private let telemetry: Telemetry

    init() {
        telemetry = Telemetry(prometheus)
    }

    /// Everything that can be recorded, once.
    private func recordAll() async -> String {
        telemetry.accepted(messages: 3, after: .milliseconds(4))
        telemetry.answered(status: 201)
        FetchOutcome.allCases.forEach(telemetry.fetched)
        UploadOutcome.allCases.forEach(telemetry.uploaded)
        for state in MessageState.allFinal { telemetry.ended(state) }
        WebhookOutcome.allCases.forEach(telemetry.notified)
        for outcome in SpanOutcome.allCases { telemetry.exported(spans: 2, outcome) }
        telemetry.webhookAnswered(after: .seconds(1))
        telemetry.runs(version: "0.1.0")
        let north = telemetry.mmsc("north")
        SubmissionOutcome.allCases.forEach(north.attempted)
        ReportOutcome.allCases.forEach(north.reported)
        CancelOutcome.allCases.forEach(north.cancelled)
        DeliveryOutcome.allCases.forEach(north.delivered)
        MMSCState.allCases.forEach(north.became)
        north.lane(isRunning: false)
        north.lane(isOwn: true)
        telemetry.shares(StoreMembership(count: 2, lanes: ["north"], secondsLeft: 7.5))
        north.exchangeBegan()
        north.answered(after: .milliseconds(20))
        north.settled(tries: 4)
        north.resent()
        north.answeredUnderAnotherID()
        north.reportAnswered(after: .milliseconds(2))
        north.deliveryAnswered(after: .milliseconds(3))
        PostRefusal.allCases.forEach(north.refused)
        telemetry.refusedStray(.unknownMMSC)
        for check in ReadinessCheck.allCases { telemetry.checked(check, passes: check != .store) }
        telemetry.dataRoom(freeBytes: 30, sizeBytes: 100)
        telemetry.storeSize(usedBytes: 7, limitBytes: nil)
        telemetry.keeps(KeptSpan(), now: Date(timeIntervalSince1970: 9))
        telemetry.removed(.batches, 5)
        telemetry.handshakeFailed(.late, on: .server)
        telemetry.certificate("server.tls", expiresAt: Date(timeIntervalSince1970: 9))
        telemetry.refusedCredentials(.bearer, on: .server)
        telemetry.queues(["north": QueueDepth(messages: ["queued": 5, "in_doubt": 1], oldest: .milliseconds(1500))])
        return await Scrape(prometheus, telemetry, collectors: [Collector { _ in }]).text()
    }

    @Test("every metric is shown under its name, with help and type", arguments: Metric.allCases)
    func names(metric: Metric) async {
        let text = await recordAll()

        #expect(text.contains("# HELP \(metric.rawValue) "))
        #expect(text.contains("# TYPE \(metric.rawValue) "))
        #expect(text.contains("\n\(metric.rawValue)"))
    }

    @Test("every series counts what its name says")
    func values() async {
        let lines = Set(await recordAll().split(separator: "\n").map(String.init))

        for line in [
            "mm7_accepted_batches_total 1", "mm7_accepted_messages_total 3", "mm7_accept_seconds_sum 0.004",
            #"mm7_api_requests_total{status="201"} 1"#, #"mm7_media_fetches_total{outcome="refused"} 1"#,
            #"mm7_uploads_total{outcome="bucket"} 1"#,
            #"mm7_final_states_total{state="unknown"} 1"#, #"mm7_webhook_calls_total{outcome="dropped"} 1"#,
            "mm7_webhook_seconds_count 1", #"mm7_spans_total{outcome="dropped"} 2"#,
            #"mm7_build_info{version="0.1.0"} 1"#,
            #"mm7_submissions_total{mmsc="north",outcome="answer_lost"} 1"#,
            #"mm7_submissions_total{mmsc="north",outcome="not_made"} 1"#,
            #"mm7_submit_seconds_sum{mmsc="north"} 0.02"#,
            #"mm7_submission_tries_bucket{mmsc="north",le="3"} 0"#,
            #"mm7_submission_tries_bucket{mmsc="north",le="5"} 1"#,
            #"mm7_submission_tries_bucket{mmsc="north",le="500"} 1"#, #"mm7_resent_in_doubt_total{mmsc="north"} 1"#,
            #"mm7_cancellations_total{mmsc="north",outcome="too_late"} 1"#,
            #"mm7_answers_under_other_ids_total{mmsc="north"} 1"#,
            #"mm7_in_flight{mmsc="north"} 1"#, #"mm7_mmsc_state{mmsc="north",state="draining"} 1"#,
            #"mm7_mmsc_state{mmsc="north",state="half_open"} 0"#,
            #"mm7_reports_total{mmsc="north",result="unknown_message"} 1"#,
            #"mm7_inbounds_total{mmsc="north",result="quarantined"} 1"#,
            #"mm7_posts_refused_total{mmsc="north",reason="late"} 1"#,
            #"mm7_posts_refused_total{mmsc="",reason="unknown_mmsc"} 1"#,
            #"mm7_wrong_credentials_total{kind="bearer",listener="server"} 1"#,
            #"mm7_deliver_seconds_sum{mmsc="north"} 0.003"#,
            #"mm7_report_seconds_count{mmsc="north"} 1"#, #"mm7_queue_messages{mmsc="north",state="in_doubt"} 1"#,
            #"mm7_queue_messages{mmsc="north",state="submitted"} 0"#, #"mm7_queue_oldest_seconds{mmsc="north"} 1.5"#,
            #"mm7_lane_running{mmsc="north"} 0"#, #"mm7_ready{check="store"} 0"#, #"mm7_ready{check="media"} 1"#,
            "mm7_data_free_bytes 30", "mm7_data_size_bytes 100", "mm7_store_used_bytes 7", "mm7_store_limit_bytes 0",
            #"mm7_certificate_expiry_timestamp_seconds{certificate="server.tls"} 9"#,
            #"mm7_collections_total{outcome="made"} 1"#, "mm7_dropped_series_total 0",
        ] {
            #expect(lines.contains(line), "\(line) is missing")
        }
    }

    @Test("labels say names of MMSCs, states, outcomes and statuses, and nothing else")
    func labels() async {
        let states: [any LabelValue.Type] = [
            SubmissionOutcome.self, MMSCState.self, ReportOutcome.self, WebhookOutcome.self,
            FetchOutcome.self, CancelOutcome.self, CollectionOutcome.self, DeliveryOutcome.self,
            UploadOutcome.self, PostRefusal.self, SpanOutcome.self, RemovedKind.self,
            HandshakeOutcome.self, ReadinessCheck.self, ListeningSide.self,
            CredentialKind.self,
        ]
        let stateNames = (MessageState.allOpen + MessageState.allFinal).map(\.name)
        let words = Set(states.flatMap { $0.words } + stateNames)
        #expect(words.allSatisfy { $0.wholeMatch(of: /[a-z]+[0-9]*(_[a-z]+)*/) != nil })

        let labels = await recordAll().matches(of: /([a-z]+)="([^"]*)"/).map { (String($0.1), String($0.2)) }

        let names = [
            "mmsc", "state", "outcome", "result", "reason", "check", "certificate", "listener", "kind", "status",
            "version", "le",
        ]
        #expect(Set(labels.map(\.0)) == Set(names))
        for (name, value) in labels {
            switch name {
            case "mmsc": #expect(value == "north" || value.isEmpty)
            case "status": #expect(value.wholeMatch(of: /[1-5][0-9][0-9]/) != nil)
            case "certificate": #expect(value == "server.tls")
            case "version": #expect(value == "0.1.0")
            case "le": #expect(value == "+Inf" || Double(value) != nil)
            default: #expect(words.contains(value))
            }
        }
    }

    @Test("a status that is none is no label")
    func strangeStatus() {
        telemetry.answered(status: 12_025_550)

        #expect(!prometheus.render().contains("mm7_api_requests_total{"))
    }

    @Test("the counters of an MMSC are there before its first event, its gauges when somebody has looked")
    func beforeTheFirst() {
        _ = telemetry.mmsc("north")

        let lines = prometheus.lines
        #expect(lines.contains(#"mm7_submissions_total{mmsc="north",outcome="gave_up"} 0"#))
        #expect(!lines.contains { $0.hasPrefix("mm7_queue_messages") || $0.hasPrefix("mm7_mmsc_state") })
    }

    @Test("an MMSC that has no messages any more has none in the figures")
    func emptiedQueue() {
        telemetry.queues(["north": QueueDepth(messages: ["queued": 5], oldest: .seconds(9))])
        telemetry.queues([:])

        #expect(prometheus.lines.contains(#"mm7_queue_messages{mmsc="north",state="queued"} 0"#))
        #expect(prometheus.lines.contains(#"mm7_queue_oldest_seconds{mmsc="north"} 0"#))
    }

    @Test("names of MMSCs beyond a bound are counted together")
    func manyMMSCs() {
        let telemetry = Telemetry(Prometheus(seriesLimit: 0))
        for index in 0..<1000 { _ = telemetry.mmsc("mmsc\(index)") }

        #expect(telemetry.mmsc("one more") === telemetry.mmsc("another"))
        #expect(telemetry.mmsc("mmsc7") !== telemetry.mmsc("mmsc8"))
    }

    @Test("without a backend everything can be recorded")
    func none() {
        Telemetry.none.accepted(messages: 1, after: .seconds(1))
        Telemetry.none.mmsc("north").became(.open)
    }

    @Test("a duration that no timer holds is the longest there is")
    func longDuration() {
        telemetry.webhookAnswered(after: .seconds(Int64.max))

        #expect(prometheus.lines.contains(#"mm7_webhook_seconds_bucket{le="60"} 0"#))
        #expect(prometheus.lines.contains("mm7_webhook_seconds_count 1"))
    }
}

extension LabelValue {
    fileprivate static var words: [String] { allCases.map(\.rawValue) }
}
