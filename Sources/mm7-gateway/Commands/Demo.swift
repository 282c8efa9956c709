import ArgumentParser
import Bench
import FoundationEssentials
import Gateway
import Glibc
import Logging
import Logs

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Shows one picture going the whole way by each API, with an MMSC and a customer of its own.",
        discussion: "Nothing leaves this machine. Ends with 0 only if the customer was notified of each delivery.")

    @Flag(help: "End after the pictures instead of serving on.")
    var once = false

    @Option(help: "Where to take batches; 0 takes any free port.")
    var port = 0

    func run() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "mm7-gateway-demo-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let logger = LogControl(.warning).logger(label: "mm7-gateway")
        let demonstration = Demonstration(
            port: port, dataDirectory: folder.path(), isOnce: once, logger: logger)
        try await Stoppable(services: demonstration.services, drain: .seconds(5), logger: logger).run()
    }
}
