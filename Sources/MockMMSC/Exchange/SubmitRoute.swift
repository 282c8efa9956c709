import HTTPTypes
import Hummingbird
import Logging
import MM7
import ServiceLifecycle

/// `POST` at any path: takes a submission, answers it as its fate wills, and leaves its reports to the sender.
struct SubmitRoute: Sendable {
    let configuration: MockMMSC.Configuration
    let journal: Journal
    let fates: Fates
    let acceptances: Acceptances
    let reports: ReportSender
    let logger: Logger

    func addRoutes(to router: Router<ExchangeContext>) {
        for path in ["/", "/**"] as [RouterPath] {
            router.post(path) { request, context in try await take(request, context) }
        }
    }

    private func take(_ request: Request, _ context: ExchangeContext) async throws -> Response {
        guard configuration.accepts(authorization: request.headers[.authorization]) else {
            journal.count(\.unauthorized)
            let violation = Violation(.improperIdentification, "the HTTP credentials are missing or wrong")
            var response = try response(.fault(violation.fault), to: Submission(), status: .unauthorized)
            response.headers[.wwwAuthenticate] = #"Basic realm="mmsc""#
            return response
        }
        let body: ReceivedBody
        do {
            body = try await ReceivedBody(of: request, configuration.checks, limitBytes: configuration.bodyLimitBytes)
        } catch let violation as Violation {
            return try refuse(Submission(), for: violation, status: .contentTooLarge)
        }
        var submission = Submission(byteCount: body.byteCount)
        do throws(Violation) {
            try submission.check(body, headers: request.headers, configuration)
        } catch {
            return try refuse(submission, for: error)
        }
        return try await answer(submission, fate: fates.draw(), context)
    }

    private func answer(_ submission: Submission, fate: Fate, _ context: ExchangeContext) async throws -> Response {
        if case .refused(let code) = fate.answer {
            journal.record(submission.received(.refused(code)))
            await delay()
            return try response(.submitRsp(SubmitRsp(status: ResponseStatus(code))), to: submission)
        }
        let (messageID, isRepeated) = acceptances.messageID(for: submission.transactionID ?? "")
        let isDropped = fate.answer == .dropped
        journal.record(submission.received(isDropped ? .dropped : isRepeated ? .repeated : .accepted, messageID))
        if !isRepeated { await report(on: submission, messageID, fate) }
        await delay()
        if isDropped { await context.hangUp() }
        return try response(.submitRsp(SubmitRsp(status: .success, messageID: messageID)), to: submission)
    }

    /// Lets the peer wait for its answer; a stop of the MMSC ends that.
    private func delay() async {
        guard configuration.faults.delay > .zero else { return }
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: configuration.faults.delay) }
    }

    /// One report per recipient, where they were asked for.
    private func report(on submission: Submission, _ messageID: String, _ fate: Fate) async {
        guard submission.wantsReport else { return }
        for (place, recipient) in submission.recipients.enumerated() {
            for copy in 0..<fate.reports {
                let report = Report(
                    transactionID: "report-\(messageID)-\(place)-\(copy)", messageID: messageID, recipient: recipient,
                    sender: submission.sender, status: configuration.status(for: recipient))
                if fate.isReportFirst {
                    await reports.post(report)
                } else {
                    reports.add(report, after: configuration.reportDelay * fate.reportDelayFactor)
                }
            }
        }
    }

    private func refuse(
        _ submission: Submission, for violation: Violation, status: HTTPResponse.Status = .internalServerError
    ) throws -> Response {
        journal.record(submission.received(.violation(violation.reason)))
        var metadata: Logger.Metadata = ["reason": "\(violation.reason)"]
        if let transactionID = submission.transactionID { metadata["transaction"] = "\(transactionID.prefix(64))" }
        logger.warning("A submission was refused: it is against the protocol", metadata: metadata)
        return try response(.fault(violation.fault), to: submission, status: status)
    }

    private func response(
        _ body: Envelope.Body, to submission: Submission, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let encoded = try MessageWriter(profile: configuration.profile).write(submission.answer(body))
        return Response(encoded, status: status, over: configuration.faults.slow)
    }
}
