import CurlHTTP
import FoundationEssentials
import Logging
import MM7
import Synchronization

/// Posts reports to the VASP when they are due, each until it is answered with 1000 or the tries are used up.
final class ReportSender: Sendable {
    private let client: HTTPClient
    private let configuration: MockMMSC.Configuration
    private let writer: MessageWriter
    private let journal: Journal
    private let logger: Logger
    private let waiting = DueReports()
    private let callbackURL: @Sendable () -> String?

    init(
        client: HTTPClient, configuration: MockMMSC.Configuration, journal: Journal, logger: Logger,
        callbackURL: @escaping @Sendable () -> String?
    ) {
        self.client = client
        self.configuration = configuration
        self.writer = MessageWriter(profile: configuration.profile)
        self.journal = journal
        self.logger = logger
        self.callbackURL = callbackURL
    }

    func add(_ report: PendingReport, after delay: Duration) {
        guard callbackURL() != nil else { return }
        waiting.add(report, after: delay)
    }

    /// Drops the reports on a message; false when the first one is in flight or was posted.
    func cancel(_ messageID: String) -> Bool {
        guard callbackURL() != nil else { return true }
        // A report that waits to be repeated has been posted.
        let dropped = waiting.remove { $0.tries == 0 && ($0.messageID == messageID || $0.leads(to: messageID)) }
        if configuration.reportsCancelled {
            for report in dropped where report.messageID == messageID {
                var report = report
                report.status = .cancelled
                report.marks = []
                report.followers = []
                waiting.add(report, after: .zero)
            }
        }
        return !dropped.isEmpty
    }

    /// Posts until the task is cancelled; reports that wait then are dropped.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            var inFlight = 0
            await waiting.forEachDue { report in
                if inFlight == configuration.reportsInFlight {
                    await group.next()
                    inFlight -= 1
                }
                inFlight += 1
                group.addTask { await self.post(report) }
            }
            group.cancelAll()
        }
    }

    /// Posts the report once and, if it has to be repeated, lets it wait for that; then those that follow it.
    func post(_ report: PendingReport) async {
        guard let url = callbackURL() else { return }
        journal.count(\.reportsPosted)
        for mark in report.marks { journal.count(mark) }
        if report.tries > 0 { journal.count(\.reportsRepeated) }
        var again = report
        again.tries += 1
        // Both belong to the first post alone.
        again.marks = []
        again.followers = []
        let ending = await ending(of: report, at: url)
        conclude(again, with: ending)
        for follower in report.followers { await post(follower) }
    }

    private func conclude(_ report: PendingReport, with ending: Ending) {
        switch ending {
        case .again where report.tries < configuration.reportTries:
            waiting.add(report, after: configuration.reportRetryDelay)
        case _ where report.isUnknown:
            // Any answer of the VASP to that is accepted.
            break
        case .taken:
            journal.count(\.reportsAnswered)
        case .again, .refused:
            journal.count(\.reportsGivenUp)
            let metadata: Logger.Metadata = ["transaction": "\(report.transactionID)", "tries": "\(report.tries)"]
            logger.warning("A delivery report was given up", metadata: metadata)
        }
    }

    private enum Ending {
        case taken
        case again
        case refused
    }

    private func ending(of report: PendingReport, at url: String) async -> Ending {
        do {
            let encoded = try writer.write(report.envelope(at: Date()))
            var request = HTTPRequest(method: .post, url: url)
            request.headers = ["Content-Type": encoded.contentType, "SOAPAction": configuration.profile.soapAction]
            request.body = encoded.segments
            request.credentials = configuration.callbackLogin
            request.authentication = configuration.callbackAuthentication
            request.trust = configuration.callbackTrust
            request.timeout = configuration.reportTimeout
            let response = try await client.send(request)
            return ending(of: response, to: report)
        } catch is MM7Error {
            return .refused
        } catch {
            return .again
        }
    }

    /// Only a DeliveryReportRsp of the same TransactionID is an answer; any other counts as none. A permanent refusal
    /// ends the repetitions, as it does at real MMSCs.
    private func ending(of response: HTTPResponse, to report: PendingReport) -> Ending {
        let status: StatusCode?
        switch configuration.checks {
        case .strict: status = ReportAnswer.strict(response.body[...], to: report.transactionID)
        case .light: status = ReportAnswer.light(response.body[...])
        }
        guard let status, response.status < 500 else { return .again }
        if status == .success { return .taken }
        switch DispositionTable.standard[status] {
        case .retry, .retryLimited: return .again
        case .accepted, .partlyAccepted, .permanent, .fixConfiguration, .split: return .refused
        }
    }
}
