import ArgumentParser

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
