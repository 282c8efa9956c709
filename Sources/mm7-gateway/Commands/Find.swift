import ArgumentParser
import ConfigurationReading
import FoundationEssentials
import Gateway
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Operating

struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Finds messages by a number or a reference, the newest first; show has more about each.",
        discussion: """
            Reads the data directory, whether the gateway runs or not, and finds all that is still kept there. Ends with 1 \
            when there is no such message or the store cannot be read.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(
        help: ArgumentHelp("Messages to that subscriber's number, and those that came from it.", valueName: "NUMBER"))
    var to: String?

    @Option(
        help: ArgumentHelp(
            "Messages with that client reference, or that MessageID of an MMSC, and those that came with the reference.",
            valueName: "TEXT"))
    var reference: String?

    @Option(
        help: ArgumentHelp(
            "None before that time: how long ago (90m, 12h, 7d), a day (2026-11-30) or a time (2026-11-30T14:00:00Z).",
            valueName: "WHEN"))
    var since: String?

    @Option(help: ArgumentHelp("The most messages that are listed.", valueName: "COUNT"))
    var limit = 20

    @OptionGroup var output: TerminalOptions

    @Flag(help: "Prints JSON.")
    var json = false

    func validate() throws {
        guard (to == nil) != (reference == nil) else { throw ValidationError("find needs either --to or --reference") }
        if let to, MSISDN(to) == nil {
            throw ValidationError(
                """
                --to must be a subscriber's number of 7 to 15 digits, and is '\(to)'; what came to a number or short code \
                of yours is found by the number that it came from
                """)
        }
        guard (1...1000).contains(limit) else {
            throw ValidationError("--limit must be 1 to 1000, and is \(limit)")
        }
    }

    func run() async throws {
        let configuration = try options.load(for: .looking)
        let now = SteadyClock.ofGateway(in: configuration.dataDirectory).now()
        let moment = since.map { Moment.read($0, now: now) }
        if case .some(.none) = moment {
            throw ValidationError("--since must be as 12h, 2026-11-30 or 2026-11-30T14:00:00Z, and is '\(since ?? "")'")
        }
        let search = to.flatMap { MSISDN($0) }.map(Search.number) ?? .reference(reference ?? "")
        let (findings, hasMore) = try await OperatorStore.reading(configuration) { inspection in
            try await inspection.findings(of: search, since: moment ?? nil, limit: limit)
        }
        let body = FindBody(findings, hasMore: hasMore)
        if json {
            print(String(decoding: JSONText.bytes(of: body), as: UTF8.self))
        } else if body.isEmpty {
            StandardError.print("nothing was found in \(configuration.dataDirectory)")
        } else {
            print(body.styled.rendered(for: output.terminal))
        }
        if body.isEmpty { throw ExitCode.failure }
    }
}
