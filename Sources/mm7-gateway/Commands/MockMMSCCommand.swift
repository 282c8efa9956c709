import ArgumentParser
import CurlHTTP
import FoundationEssentials
import Gateway
import GatewayConfiguration
import Glibc
import Logging
import Logs
import MM7
import MockMMSC

struct MockMMSCCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mock-mmsc",
        abstract: "Runs an MMSC to try things against: it checks what it gets and reports deliveries.",
        discussion: """
            Prints a line for each SubmitReq: when it came, what became of it, its TransactionID and MessageID, the last \
            digits of its recipients, its size and the types of its parts. With --deliver it does not serve: it posts one \
            message of a handset to --callback-url, prints the answer, and ends with 0 if that was 1000.

            Shares are of messages, 0 to 1. Durations are written as 250ms, 5s, 2m.

            Each post with the right credentials draws its own fate, and so does each repetition. A message that is taken \
            is remembered by its TransactionID, whatever becomes of the answer: it is delivered and reported once, and a \
            repetition is answered as before. A message to several gets one MessageID, and a report for each recipient.

            A CancelReq is answered with 1000 as long as no report on the message was posted, and then none is; else with \
            3001, or 2005 for a MessageID that was never given.

            GET /journal lists in JSON what happened, so that another process can compare: \
            {"counts": {...}, "submissions": {"TransactionID": {"received": 2, "accepted": 1, "recipients": 1, \
            "message_id": "..."}}}. Under a TransactionID, "received" counts the posts that passed the checks, whatever \
            became of them, "accepted" those that were taken (accepted, repeated, partial, dropped, hung, half, \
            misaddressed); "message_id" is there once one was. The newest 1,000,000 are kept, and "forgotten" among the \
            counts includes older ones that had to go. GET /journal?counts_only leaves the submissions out. A post is a \
            submission at any path, this one too.
            """)

    @Option(help: "Where to listen; port 0 takes a free one.")
    var listen = "127.0.0.1:8008"

    @Option(help: "Where reports are posted: the gateway's /mm7/{mmsc name}.")
    var callbackURL: String?

    @Option(help: "The user name that posts have to carry.")
    var username: String?

    @Option(help: "The password that posts have to carry.")
    var password = ""

    @Flag(help: "User name and password have to come as HTTP Digest, and those of reports and --deliver do too.")
    var digest = false

    @Flag(help: "Those of reports and --deliver alone come as HTTP Digest.")
    var callbackDigest = false

    @Option(help: "The user name that reports and --deliver carry.")
    var callbackUsername: String?

    @Option(help: "The password that they carry.")
    var callbackPassword = ""

    @Option(help: "How much of a message is looked at: strict, light.")
    var checks = MockMMSC.Checks.strict

    @Option(help: "The MMStatus that is reported.")
    var status = "Retrieved"

    @Option(help: "The time from taking a message to its report.", transform: Duration.fromOption)
    var reportDelay = Duration.milliseconds(500)

    @Option(help: "The most posts of one report until it is answered with 1000.")
    var reportTries = 5

    @Option(help: "The time between two posts of one report.", transform: Duration.fromOption)
    var reportPause = Duration.seconds(1)

    @Flag(help: "A message that a CancelReq took back is reported as Cancelled.")
    var cancelReports = false

    @Option(help: "A message to more recipients is refused with 3003.")
    var recipients = 1000

    @Flag(help: "Prints no line for each SubmitReq; --checks light never does.")
    var quiet = false

    @Flag(help: "Shows numbers whole in those lines, and not their last three digits alone.")
    var showNumbers = false

    @OptionGroup(title: "Certificates")
    var tls: MMSCTLSOptions

    @OptionGroup(title: "A message from a handset")
    var delivery: DeliveryOptions

    @OptionGroup(title: "Faults of answers")
    var answerFaults: AnswerFaultOptions

    @OptionGroup(title: "Faults of reports")
    var reportFaults: ReportFaultOptions

    @Option(help: "Makes the faults of a run repeat.")
    var seed: UInt64?

    func validate() throws {
        if delivery.isAsked, callbackURL == nil {
            throw ValidationError("--deliver needs --callback-url, the gateway's /mm7/{mmsc name}")
        }
        if callbackUsername == nil, callbackDigest || !callbackPassword.isEmpty {
            throw ValidationError("--callback-digest and --callback-password are of --callback-username")
        }
        for (name, count) in [("recipients", recipients), ("report-tries", reportTries)] where count < 1 {
            throw ValidationError("--\(name) must be 1 or more, and is \(count)")
        }
    }

    func run() async throws {
        guard let address = ListenAddress(listen) else {
            throw ValidationError("--listen must be host:port, and is '\(listen)'")
        }
        var configuration = MockMMSC.Configuration()
        configuration.host = address.host
        configuration.port = address.port
        configuration.callbackURL = callbackURL
        configuration.login = username.map { BasicCredentials(username: $0, password: password) }
        configuration.callbackLogin = callbackUsername.map {
            BasicCredentials(username: $0, password: callbackPassword)
        }
        if digest { configuration.authentication = .digest }
        if digest || callbackDigest { configuration.callbackAuthentication = .digest }
        configuration.checks = checks
        configuration.reportedStatus = MMStatus(status)
        configuration.reportDelay = reportDelay
        configuration.reportTries = reportTries
        configuration.reportRetryDelay = reportPause
        configuration.reportsCancelled = cancelReports
        configuration.recipientLimit = recipients
        try tls.apply(to: &configuration)
        answerFaults.apply(to: &configuration.faults)
        reportFaults.apply(to: &configuration.faults)
        if delivery.isAsked { return try await delivery.post(to: callbackURL ?? "", configuration) }
        let logger = LogControl(.warning).logger(label: "mock-mmsc")
        let random: any RandomNumberGenerator & Sendable =
            seed.map { SeededGenerator(seed: $0) } ?? SystemRandomNumberGenerator()
        let onListening = { @Sendable [scheme = configuration.scheme] (port: Int) in
            print("The MMSC listens on \(scheme)://\(ListenAddress(host: address.host, port: port))/mm7")
            fflush(nil)
        }
        let mmsc = MockMMSC(
            configuration, random: random, logger: logger, onListening: onListening, onSubmission: onSubmission)
        try await Stoppable(services: [mmsc], drain: .seconds(5), logger: logger).run()
    }
}

extension MockMMSCCommand {
    /// Nil where no lines are wanted: a measurement is not to wait for whoever reads them.
    private var onSubmission: (@Sendable (ReceivedSubmission) -> Void)? {
        if quiet || checks == .light { return nil }
        return { [showNumbers] submission in
            print(submission.line(at: Date(), showsNumbers: showNumbers))
            fflush(nil)
        }
    }
}

extension MockMMSC.Checks: ExpressibleByArgument {}
