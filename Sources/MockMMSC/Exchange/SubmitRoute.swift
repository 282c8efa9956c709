import HTTPTypes
import Hummingbird
import Logging
import MM7

/// `POST` at any path: reads and checks what is permitted. Its fate decides what follows.
struct SubmitRoute: Sendable {
    let configuration: MockMMSC.Configuration
    let journal: Journal
    let fates: Fates
    let accounts: Accounts
    let reports: ReportSender
    let answers: Answers
    /// Where posts need HTTP Digest.
    let challenges: Challenges?
    let logger: Logger

    func addRoutes(to router: Router<ExchangeContext>) {
        // The path of the journal is named too, for a router does not look behind a path that it has for another method.
        for path in ["/", "/journal", "/journal/**", "/**"] as [RouterPath] {
            router.post(path) { request, context in try await take(request, context) }
        }
    }

    private func take(_ request: Request, _ context: ExchangeContext) async throws -> Response {
        journal.open()
        defer { journal.close() }
        if let challenges {
            if let challenge = challenges.challenge(to: request.head) {
                journal.count(\.unauthorized)
                return try answers.unauthorized(challenge)
            }
        } else if !configuration.accepts(authorization: request.headers[.authorization]) {
            journal.count(\.unauthorized)
            logger.warning("A post without the right credentials was refused")
            return try answers.unauthorized()
        }
        let fate = fates.draw()
        if fate.answer == .reset {
            journal.count(\.reset)
            await context.hangUp()
            return Response(status: .ok)
        }
        let body: ReceivedBody
        do {
            body = try await ReceivedBody(of: request, configuration.checks, limitBytes: configuration.bodyLimitBytes)
        } catch let violation as Violation {
            return try refuse(KnownSubmission(), for: violation, status: .contentTooLarge)
        }
        let withdrawal: Withdrawal?
        do throws(Violation) {
            withdrawal = try Withdrawal(body, headers: request.headers, configuration)
        } catch {
            journal.count(\.cancelViolations)
            return try answers.response(.fault(error.fault), to: KnownSubmission(), status: .internalServerError)
        }
        if let withdrawal { return try await answer(withdrawal, fate, context) }
        var submission = KnownSubmission(byteCount: body.byteCount)
        do throws(Violation) {
            try submission.check(body, headers: request.headers, configuration)
        } catch {
            return try refuse(submission, for: error)
        }
        return try await answer(submission, fate, context)
    }

    private func refuse(
        _ submission: KnownSubmission, for violation: Violation, status: HTTPResponse.Status = .internalServerError
    ) throws -> Response {
        journal.record(submission.received(.violation(violation.reason)))
        var metadata: Logger.Metadata = ["reason": "\(violation.reason)"]
        if let transactionID = submission.transactionID { metadata["transaction"] = "\(transactionID.cut(to: 64))" }
        logger.warning("A submission was refused: it is against the protocol", metadata: metadata)
        return try answers.response(.fault(violation.fault), to: submission, status: status)
    }
}
