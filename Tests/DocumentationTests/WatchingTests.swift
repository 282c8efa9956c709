import Foundation
import Telemetry
import Testing

@Suite("Alert rules and dashboard")
struct WatchingTests {
    private let rules: Page
    private let dashboard: Page
    /// What each metric's row of the page says, by its name.
    private let rows: [String: String]

    init() throws {
        rules = try Page("docker/prometheus/rules.yaml")
        dashboard = try Page("docker/grafana/dashboards/mm7-gateway.json")
        var rows: [String: String] = [:]
        for row in try Page("docs/metrics.md").rows(below: "## Names") {
            for name in Page.quoted(in: row[0]) { rows[name] = row.joined(separator: " ") }
        }
        self.rows = rows
    }

    @Test("every metric that a rule, its test or the dashboard names is one")
    func metrics() throws {
        let known = Set(Metric.allCases.map(\.rawValue))
        let tests = try Page("docker/prometheus/rules.test.yaml")
        for page in [rules, dashboard, tests] {
            let named = Set(page.text.matches(of: /(?:mm7|process)_[a-z_]+/).map { String($0.output) })
            #expect(named.count > 10)
            #expect(named.map(Self.metric).filter { !known.contains($0) } == [], "\(page.path)")
        }
    }

    @Test("every value of a label that they ask for is one that the metric has")
    func values() {
        for page in [rules, dashboard] {
            for series in page.text.replacing("\\\"", with: "\"").matches(of: /((?:mm7|process)_[a-z_]+)\{([^}]*)\}/) {
                let metric = Self.metric(String(series.1))
                for label in series.2.matches(of: /([a-z]+)(?:=|=~|!=|!~)"([^"]*)"/) where label.1 != "job" {
                    let values = label.2.split(separator: "|").filter { $0.wholeMatch(of: /[a-z_]+/) != nil }
                    let words = Set(rows[metric, default: ""].split { !$0.isLetter && $0 != "_" })
                    #expect(values.filter { !words.contains($0) } == [], "\(page.path): \(metric) \(label.1)")
                }
            }
        }
    }

    @Test("every alert says what it means, how much it matters, and which section of the page on operation helps")
    func runbooks() throws {
        let alerts = rules.text.split(separator: "- alert: ").dropFirst()
        let anchors = try Page("docs/operation.md").anchors
        #expect(alerts.count > 15)
        for alert in alerts {
            let name = alert.prefix { $0.isLetter || $0.isNumber }
            for key in ["expr:", "severity: ", "summary: ", "description: "] {
                #expect(alert.contains(key), "\(name) has no \(key)")
            }
            let runbook = try #require(alert.firstMatch(of: /runbook: docs\/operation\.md#(\S+)/), "\(name)")
            #expect(anchors.contains(String(runbook.1)), "\(name): \(runbook.1)")
        }
    }

    @Test("the page on operation has every alert in its table, and no other")
    func table() throws {
        let rows = try Page("docs/operation.md").rows(below: "## Alerts")
        let listed = rows.flatMap { $0[0].split(separator: ", ").map(String.init) }

        let made = rules.text.matches(of: /- alert: (\w+)/).map { String($0.1) }
        #expect(listed.sorted() == made.sorted())
    }

    @Test("the dashboard has the golden signals and the queue, from the data source that is provisioned")
    func signals() throws {
        let body = try #require(try JSONSerialization.jsonObject(with: Data(dashboard.text.utf8)) as? [String: Any])
        let panels = try #require(body["panels"] as? [[String: Any]])
        let source = try Page("docker/grafana/provisioning/datasources/prometheus.yaml")

        let titles = panels.filter { $0["type"] as? String == "row" }.compactMap { $0["title"] as? String }
        for signal in ["Latency", "Traffic", "Errors", "Saturation", "The queue by MMSC"] {
            #expect(titles.contains { $0.hasPrefix(signal) }, "\(signal)")
        }
        for panel in panels where panel["type"] as? String != "row" {
            let uid = (panel["datasource"] as? [String: String])?["uid"] ?? ""
            #expect(source.text.contains("uid: \(uid)\n"), "\(panel["title"] ?? "")")
        }
    }

    /// Without what a histogram's series add to its name.
    private static func metric(_ series: String) -> String {
        let bare = series.replacing(/_(bucket|sum|count)$/, with: "")
        return Metric(rawValue: series) == nil ? bare : series
    }
}
