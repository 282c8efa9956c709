import ArgumentParser
import CBuild
import Gateway

@main
struct MM7Gateway: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mm7-gateway",
        abstract: "Sends and receives MMS for applications written for the Sinch REST APIs, through any MM7 MMSC.",
        version: version,
        subcommands: [
            Serve.self, ConfigCommand.self, CheckConfig.self, Status.self, Find.self, Show.self, QuarantineCommand.self,
            Backup.self, Restore.self, Send.self, Demo.self, MockMMSCCommand.self, Healthcheck.self, BenchCommand.self,
            BenchPeer.self, Token.self, Compact.self, Migrate.self, StoreCommand.self, Manual.self,
        ])
}

extension MM7Gateway {
    /// The release and the commit: `0.9.0 (94eef6d0a1b2)`, without the commit where the build was not told it.
    private static var version: String {
        let commit = String(cString: mm7_gateway_commit)
        return commit.isEmpty ? Gateway.version : "\(Gateway.version) (\(commit))"
    }
}
