import ArgumentParser
import ConfigurationReading
import GatewayConfiguration
import GatewayCore
import HTTPServing
import Operating

struct QuarantineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quarantine",
        abstract: "Shows messages from handsets to unowned numbers, and gives them to their owners.",
        discussion: """
            They are kept where mm7.unknown_recipients is "quarantine", for inbounds.retention. Works on the data \
            directory, whether the gateway runs or not.
            """,
        subcommands: [QuarantineList.self, QuarantineRelease.self], defaultSubcommand: QuarantineList.self)
}

struct QuarantineList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "Lists what is in quarantine, the oldest first; show has more about each.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(help: "Prints JSON.")
    var json = false

    /// The most messages of one list.
    private static let limit = 1000

    func run() async throws {
        let configuration = try options.load(for: .looking)
        let (stories, count) = try await OperatorStore.reading(configuration) { inspection in
            try await inspection.quarantined(limit: Self.limit)
        }
        let list = QuarantineBody(count: count, inbounds: stories.map { InboundStoryBody($0) })
        print(json ? String(decoding: JSONText.bytes(of: list), as: UTF8.self) : list.text.fitForTerminal)
    }
}
