import ArgumentParser
import ConfigurationReading
import GatewayConfiguration
import Operating

struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Puts a backup into the data directory, while no gateway runs.",
        discussion: """
            All of the backup is read and checked first. The configuration and the credentials stay as they are; those of \
            the backup are in its folder configuration. At the next start what was queued in the backup is in doubt, \
            because it may have been sent since: each MMSC's on_lost_answer decides whether it is sent again. A restore \
            that is broken off is run again with --replace; no gateway starts on what it left.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: ArgumentHelp("The folder of the backups.", valueName: "DIR"))
    var folder: String

    @Option(help: ArgumentHelp("Which backup; the newest without it.", valueName: "NAME"))
    var name: String?

    @Option(help: ArgumentHelp("Instead of the data_directory of the configuration.", valueName: "PATH"))
    var dataDirectory: String?

    @Flag(help: "Moves what is in the data directory aside, into a folder within it.")
    var replace = false

    func run() throws {
        let directory = try dataDirectory ?? options.load(for: .looking).dataDirectory
        let folder = BackupFolder(self.folder)
        try orEnd { () throws(BackupFailure) in
            let name = try folder.chosen(self.name)
            let restored = try BackupRestorer(name, in: folder, to: directory, replacing: replace).restore()
            print("\(directory) has the backup \(name): \(restored.manifest.summary)")
            if let replaced = restored.replaced { print("What was there is in \(replaced)") }
            if let warning = restored.manifest.warning { StandardError.print("warning: \(warning)") }
        }
    }
}
