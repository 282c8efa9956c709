import ArgumentParser
import Telemetry
import Testing

@testable import mm7_gateway

@Suite("The pages on operation")
struct OperationPageTests {
    @Test("every metric is in the table of metrics", arguments: Metric.allCases)
    func metrics(_ metric: Metric) throws {
        let rows = try Page("docs/metrics.md").rows

        #expect(rows.contains { Page.quoted(in: $0[0]).contains(metric.rawValue) })
    }

    @Test("the table of metrics has none that is not made")
    func noOtherMetrics() throws {
        let named = try Page("docs/metrics.md").rows(below: "## Names").flatMap { Page.quoted(in: $0[0]) }
        // The registry's own.
        let known = Set(Metric.allCases.map(\.rawValue)).union(["mm7_dropped_series_total"])

        #expect(Set(named).subtracting(known) == [])
    }

    @Test("every command is in the table of commands, and no other")
    func commands() throws {
        let rows = try Page("docs/operation.md").rows(below: "## The commands")
        let calls: [String] = rows.flatMap { Page.quoted(in: $0[0]) }
        let named = Set(calls.map { String($0.prefix { $0 != " " }) })

        #expect(named.sorted() == Self.names(of: MM7Gateway.self).sorted())
    }

    @Test("every line of the log that is quoted is one", arguments: try Page.all())
    func logLines(_ page: Page) {
        let text = page.prose.joined(separator: " ")
        let quoted = Page.quoted(in: text).filter { $0.hasPrefix("\"") && $0.hasSuffix("\"") }
        let sentences = quoted.map { $0.dropFirst().dropLast().split(separator: " ").joined(separator: " ") }
            .filter { $0.first?.isUppercase == true && $0.contains(" ") }

        #expect(sentences.filter { !Sources.literals.contains($0) } == [])
        if page.path == "docs/operation.md" { #expect(sentences.count >= 20) }
    }

    private static func names(of command: any ParsableCommand.Type) -> [String] {
        command.configuration.subcommands.map { $0.configuration.commandName ?? $0._commandName }
    }
}
