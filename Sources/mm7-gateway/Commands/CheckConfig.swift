import ArgumentParser
import ConfigurationReading
import GatewayConfiguration

struct CheckConfig: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks the configuration and prints the values in force, secrets masked.",
        discussion: "Ends with 78 if anything is wrong, and says all that is.")

    @OptionGroup var options: ConfigurationOptions

    @Flag(
        help: """
            Checks it on another machine than the gateway's: what variables and files that are not here would have \
            said is left out and listed, and all that is here is checked.
            """)
    var withoutSecrets = false

    func run() throws {
        print(try options.load(for: withoutSecrets ? .checkingElsewhere : .serving))
    }
}
