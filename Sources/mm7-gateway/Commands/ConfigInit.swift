import ArgumentParser
import ConfigurationReading
import FoundationEssentials
import GatewayConfiguration
import GatewayCore
import Operating

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Makes configurations; check-config checks one.",
        subcommands: [ConfigInit.self])
}

struct ConfigInit: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a first configuration, commented, by three questions or by options.",
        discussion: """
            Asks on a terminal what the options leave open: the MMSC's URL, the account there, and the id of the service \
            plan of your application, for which it makes a token. Secrets go into files beside the configuration that \
            nobody else may read. What is there already is not replaced without --force. The result is checked before \
            it is written: a fault ends the command with 78.
            """)

    @Option(
        help: ArgumentHelp("Where the configuration goes; the other files go beside it.", valueName: "FILE"),
        completion: .file())
    var output = "mm7-gateway.json"

    @Flag(help: "Replaces files that are there.")
    var force = false

    @Option(name: .customLong("mmsc-url"), help: ArgumentHelp("Where the MMSC takes SubmitReqs.", valueName: "URL"))
    var mmscURL: String?

    @Option(help: "How the MMSC wants MM7 spoken: standard, sinch, mbuni, nowsms, openwave.")
    var profile = "standard"

    @Option(help: ArgumentHelp("The VASPID that the MMSC knows you by.", valueName: "ID"))
    var vaspid: String?

    @Option(help: "The user name for HTTP Basic at the MMSC.")
    var username: String?

    @Option(
        help: ArgumentHelp(
            "Where the password for it is; - is standard input.", valueName: "FILE"),
        completion: .file())
    var passwordFile: String?

    @Option(help: ArgumentHelp("The id of your application's service plan.", valueName: "ID"))
    var plan: String?

    @Option(
        help: ArgumentHelp("The number or short code that messages are sent from and answered to.", valueName: "NUMBER")
    )
    var number: String?

    @Option(
        help: ArgumentHelp("The folder of the store and the media, from where you are.", valueName: "DIR"),
        completion: .directory)
    var dataDirectory = "/var/lib/mm7-gateway"

    func validate() throws {
        if passwordFile != nil, username == nil { throw ValidationError("--password-file is for --username") }
    }

    func run() throws {
        let draft = try draft(asking: Prompt())
        do throws(ConfigurationFaults) {
            try draft.check(at: output)
        } catch {
            StandardError.print(error)
            throw ExitCode.configuration
        }
        do throws(DraftWriter.Failure) {
            let paths = try DraftWriter(path: output, replaces: force).write(draft)
            print(Self.advice(on: draft, paths: paths, output: output))
        } catch {
            StandardError.print(error)
            throw ExitCode.failure
        }
    }

    private func draft(asking prompt: Prompt) throws -> ConfigurationDraft {
        var draft = ConfigurationDraft()
        draft.profile = profile
        draft.dataDirectory = ConfigurationDraft.absolute(
            dataDirectory, from: FileManager.default.currentDirectoryPath)
        draft.number = number ?? ""
        guard let url = mmscURL ?? prompt.ask("The URL where your MMSC takes messages:") else {
            throw ValidationError("config init needs --mmsc-url where nobody can be asked")
        }
        draft.mmscURL = url
        draft.vaspID = vaspid ?? ""
        draft.username = username ?? ""
        if let passwordFile {
            draft.password = try SecretInput.read(passwordFile).reveal()
        } else if vaspid == nil, username == nil {
            draft.vaspID = prompt.ask("Your account there. The VASPID, if you have one:") ?? ""
            draft.username = prompt.ask("  The user name, if it wants one:") ?? ""
        }
        if !draft.username.isEmpty, passwordFile == nil {
            guard let password = prompt.askSecretly("  The password of \(draft.username):") else {
                throw ValidationError("--username needs --password-file where nobody can be asked for the password")
            }
            draft.password = password
        }
        let answer = plan ?? prompt.ask("The id of your application's service plan [plan1]:") ?? ""
        if !answer.isEmpty { draft.plan = answer }
        return draft
    }

    private static func advice(on draft: ConfigurationDraft, paths: [String], output: String) -> String {
        """
        Wrote \(paths.joined(separator: ", ")).
        The token of \(draft.plan), which is in \(draft.tokenFile): \(draft.token.reveal())

        Next:
          mm7-gateway serve --config \(output)
          mm7-gateway send --config \(output) --plan \(draft.plan) --to NUMBER --media URL --wait
        The MMSC posts reports and messages to port 8007 of this machine, path /mm7/main.
        """
    }
}
