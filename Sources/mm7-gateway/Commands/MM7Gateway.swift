import ArgumentParser
import Gateway

@main
struct MM7Gateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mm7-gateway",
        abstract: "Sends and receives MMS for applications written for the Sinch REST APIs, through any MM7 MMSC.",
        version: Gateway.version,
        subcommands: [
            Serve.self, CheckConfig.self, Status.self, Show.self, QuarantineCommand.self, Send.self, Demo.self,
            MockMMSCCommand.self,
            Healthcheck.self, BenchCommand.self,
        ])
}

/// The exit codes of commands. ArgumentParser itself ends with 64 for errors of usage.
extension ExitCode {
    /// The configuration cannot be used.
    static let configuration = ExitCode(78)
}
