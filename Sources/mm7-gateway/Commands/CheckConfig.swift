import ArgumentParser
import GatewayConfiguration

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks the configuration and prints the values in force, secrets masked.")

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
        print(try options.load())
    }
}
