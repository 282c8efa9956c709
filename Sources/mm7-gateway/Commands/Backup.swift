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
            A backup that fails leaves those before it as they were.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: ArgumentHelp("The folder of the backups.", valueName: "DIR"))
    var folder: String

    @Flag(help: "Makes no backup, but reads all of the newest one and says whether it is whole.")
    var verify = false

    @Option(help: "How many backups stay in the folder, the new one among them.")
    var keep = 2

    func validate() throws {
        guard keep >= 1 else { throw ValidationError("--keep has to be 1 or more.") }
    }

    func run() throws {
        for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
        let folder = BackupFolder(self.folder)
        if verify { return try orEnd { () throws(BackupFailure) in try check(folder) } }
        let configuration = try options.load(for: .looking)
        try orEnd { () throws(BackupFailure) in
            let maker = BackupMaker(
                into: folder, of: configuration.dataDirectory, configuration: options.config,
                credentials: configuration.credentialsFile, version: Gateway.version, keep: keep)
            let made = try maker.make()
            print("\(made.name): \(made.manifest.summary); \(made.newMedia) media files were new")
            for hash in made.manifest.media.missing.prefix(5) {
                StandardError.print("warning: a message needs the media file \(hash), which the data directory has not")
            }
        }
    }

    private func check(_ folder: BackupFolder) throws(BackupFailure) {
        let name = try folder.chosen(nil)
        let result = try BackupVerification(of: name, in: folder).run()
        guard result.faults.isEmpty else {
            let more = result.faults.count > 20 ? "\nand \(result.faults.count - 20) more" : ""
            throw BackupFailure("\(name) is damaged:\n" + result.faults.prefix(20).joined(separator: "\n") + more)
        }
        print("\(name) is whole: \(result.manifest.summary)")
    }
}

/// Ends the command with the reason on standard error.
func orEnd(_ body: () throws(BackupFailure) -> Void) throws {
    do throws(BackupFailure) {
        try body()
    } catch {
        StandardError.print(error)
        throw ExitCode.failure
    }
}
