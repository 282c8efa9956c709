import ArgumentParser
import Bench

/// Not shown among the commands: `bench` starts processes of this program with it.
struct BenchPeer: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Does one part of a measurement: an MMSC, a media server, a receiver of webhooks, or clients.",
        shouldDisplay: false)

    @Argument(help: "What to do, in JSON.")
    var task: String

    func run() throws { try PeerTask.run(task) }
}
