import ArgumentParser

/// The option that every command which needs the configuration has.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "FILE"))
    var config = "/etc/mm7-gateway/mm7-gateway.json"

    /// The configuration, or the end of the command with every fault on standard error.
    func load() throws -> Configuration {
        do {
            return try Configuration.load(path: config)
        } catch {
            StandardError.print(error)
            throw ExitCode.configuration
        }
    }
}
