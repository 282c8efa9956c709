import ArgumentParser
import ConfigurationReading
import GatewayConfiguration
import GatewayCore
import Operating

struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the tables of the store up to date, as a start of the gateway does.",
        discussion: """
            With --dry-run it changes nothing and says which steps a start would make. Without it, the gateway has to be \
            stopped where the store is in the data directory; gateways that share a PostgreSQL database go on meanwhile. \
            Ends with 1 if the store cannot be read or is of a later release.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Flag(name: .customLong("dry-run"), help: "Only say what would be done.") var isDryRun = false

    func run() async throws {
        let configuration = try options.load(for: .looking)
        let state = try await OperatorStore.orEnd { try OperatorStore.schema(of: configuration) }
        print(state.plan)
        guard state.present <= state.newest else { throw ExitCode.failure }
        guard !isDryRun, state.present < state.newest else { return }
        try await OperatorStore.orEnd {
            try await OperatorStore.migrate(configuration) { progress in print(progress) }
        }
        print("done")
    }
}
