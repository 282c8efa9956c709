import ArgumentParser
import CurlHTTP
import Glibc
import Logging
import MM7
import MockMMSC

struct MockMMSCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-mmsc",
        abstract: "Runs an MMSC to try things against: it checks what it gets and reports deliveries.",
        discussion: "Shares are of messages, 0 to 1. Durations are written as 250ms, 5s, 2m.")

    @Option(help: "Where to listen; port 0 takes a free one.")
    var listen = "127.0.0.1:8008"

    @Option(help: "Where reports are posted: the gateway's /mm7/{mmsc name}.")
    var callbackURL: String?

    @Option(help: "The user name that posts have to carry.")
    var username: String?

    @Option(help: "The password that posts have to carry.")
    var password = ""

    @Option(help: "The user name that reports carry.")
    var callbackUsername: String?

    @Option(help: "The password that reports carry.")
    var callbackPassword = ""

    @Option(help: "How much of a message is looked at: strict, light.")
    var checks = MockMMSC.Checks.strict

    @Option(help: "The MMStatus that is reported.")
    var status = "Retrieved"

    @Option(help: "From taking a message to its report.", transform: Duration.fromOption)
    var reportDelay = Duration.milliseconds(500)

    @Option(help: "From taking a message to its answer.", transform: Duration.fromOption)
    var delay = Duration.zero

    @Option(help: "The share of messages refused.")
    var refuse = 0.0

    @Option(help: "The status code of refusals.")
    var refusal = 4006

    @Option(help: "The share of messages taken and not answered.")
    var drop = 0.0

    @Option(help: "The share of reports posted twice.")
    var duplicate = 0.0

    @Option(help: "The share of reports posted before the answer; the others come in random order.")
    var reorder = 0.0

    @Option(help: "The time over which each answer is dribbled.", transform: Duration.fromOption)
    var slow = Duration.zero

    @Option(help: "Makes the faults of a run repeat.")
    var seed: UInt64?

    func validate() throws {
        for (name, share) in [("refuse", refuse), ("drop", drop), ("duplicate", duplicate), ("reorder", reorder)] {
            guard (0...1).contains(share) else { throw ValidationError("--\(name) wants 0 to 1, and got \(share)") }
        }
        guard (2000...9999).contains(refusal) else {
            throw ValidationError("--refusal wants a status code that is no success, and got \(refusal)")
        }
    }

    func run() async throws {
        guard let address = ListenAddress(listen) else {
            throw ValidationError("--listen wants host:port, and got '\(listen)'")
        }
        var configuration = MockMMSC.Configuration()
        configuration.host = address.host
        configuration.port = address.port
        configuration.callbackURL = callbackURL
        configuration.login = username.map { BasicCredentials(username: $0, password: password) }
        configuration.callbackLogin = callbackUsername.map {
            BasicCredentials(username: $0, password: callbackPassword)
        }
        configuration.checks = checks
        configuration.reportedStatus = MMStatus(status)
        configuration.reportDelay = reportDelay
        configuration.faults.delay = delay
        configuration.faults.refuse = refuse
        configuration.faults.refusal = StatusCode(rawValue: refusal)
        configuration.faults.drop = drop
        configuration.faults.duplicate = duplicate
        configuration.faults.reorder = reorder
        configuration.faults.slow = slow
        var logger = Logger(label: "mock-mmsc")
        logger.logLevel = .warning
        let random: any RandomNumberGenerator & Sendable =
            seed.map { SeededGenerator(seed: $0) } ?? SystemRandomNumberGenerator()
        let mmsc = MockMMSC(configuration, random: random, logger: logger) { port in
            print("The MMSC listens on http://\(ListenAddress(host: address.host, port: port))/mm7")
            fflush(nil)
        }
        try await Stoppable(services: [mmsc], drain: .seconds(5), logger: logger).run()
    }
}

extension MockMMSC.Checks: ExpressibleByArgument {}

extension Duration {
    /// For options: `250ms`, `5s`, `2m`.
    fileprivate static func fromOption(_ text: String) throws -> Duration {
        guard let duration = Duration(text: text) else {
            throw ValidationError("a duration is written as 250ms, 5s or 2m, and not '\(text)'")
        }
        return duration
    }
}
