import ArgumentParser
import ConfigurationReading
import Gateway
import GatewayConfiguration
import Glibc
import Operating

struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Copies the data directory, the configuration and the credentials into a folder.",
        discussion: """
            Works while the gateway runs, and without it. Each backup has a folder of its own that is named by its time; \
            media is beside them, each content once, and what is there from an earlier backup is not copied again. \
            Secrets that the configuration takes from variables (${NAME}) and from files ({file: "PATH"}) are not in it. \
            A backup that fails leaves those before it as they were. Ends with 0 if all of it is on the disk, with 2 if it \
            is but lacks media files that messages need and the data directory did not have, and with 1 if it failed; \
            --verify ends in the same way.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: ArgumentHelp("The folder of the backups.", valueName: "DIR"))
    var folder: String

    @Flag(help: "Makes no backup, but reads all of the newest one and says whether it is whole.")
    var verify = false

    @Option(help: ArgumentHelp("Which backup --verify reads; the newest without it.", valueName: "NAME"))
    var name: String?

    @Option(help: "How many backups stay in the folder, the new one among them.")
    var keep = 2

    func validate() throws {
        guard keep >= 1 else { throw ValidationError("--keep has to be 1 or more.") }
        guard name == nil || verify else {
            throw ValidationError("--name is for --verify: a new backup is named by its time")
        }
    }

    func run() throws {
        for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
        let folder = BackupFolder(self.folder)
        if verify { return try end(with: try orEnd { () throws(BackupFailure) in try check(folder) }) }
        let configuration = try options.load(for: .looking)
        let manifest = try orEnd { () throws(BackupFailure) in
            let maker = BackupMaker(
                into: folder, of: configuration.dataDirectory, configuration: options.config,
                credentials: configuration.credentialsFile, version: Gateway.version, keep: keep)
            let made = try maker.make()
            print("\(made.name): \(made.manifest.summary); \(made.newMedia) media files were new")
            return made.manifest
        }
        try end(with: manifest)
    }

    private func check(_ folder: BackupFolder) throws(BackupFailure) -> BackupManifest {
        let name = try folder.chosen(self.name)
        let manifest = try BackupVerification(of: name, in: folder).requireWhole()
        print("\(name) is whole: \(manifest.summary)")
        return manifest
    }

    private func end(with manifest: BackupManifest) throws {
        guard let warning = manifest.warning else { return }
        StandardError.print("warning: \(warning)")
        throw ExitCode.incomplete
    }
}

/// Returns what `body` makes, or ends the command with the reason on standard error.
func orEnd<Value>(_ body: () throws(BackupFailure) -> Value) throws -> Value {
    do throws(BackupFailure) {
        return try body()
    } catch {
        StandardError.print(error)
        throw ExitCode.failure
    }
}
