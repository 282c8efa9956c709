import ArgumentParser

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Makes configurations; check-config checks one.",
        subcommands: [ConfigInit.self])
}
