import ArgumentParser
import ConfigurationReading
import GatewayConfiguration
import GatewayCore
import Operating

struct Compact: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compact",
        abstract: "Writes the database anew without its free pages, while the gateway is stopped.",
        discussion: """
            A running gateway gives free pages back by itself, unless an earlier release made the database: that is what \
            this is for, once. It needs the room of the database once more. Ends with 1 if a gateway runs or the disk is \
            full; the database is as it was then.
            """)

    @OptionGroup var options: ConfigurationOptions

    func run() async throws {
        let configuration = try options.load(for: .looking)
        print(try await OperatorStore.orEnd { try await OperatorStore.compact(configuration) })
    }
}
