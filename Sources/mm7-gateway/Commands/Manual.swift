import ArgumentParser
import FoundationEssentials
import Gateway
import Operating

/// Not shown among the commands: `make install` and the package call it.
struct Manual: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the manual pages of all commands into a folder.", shouldDisplay: false)

    @Argument(help: "The folder, which is made if it is not there.", completion: .directory)
    var folder: String

    func run() throws {
        let program = try CommandDescription(ofProgram: MM7Gateway._dumpHelp())
        let folder = URL(filePath: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for page in ManualPage.all(of: program, version: Gateway.version) {
            try Data(page.text.utf8).write(to: folder.appending(path: page.file))
        }
    }
}
