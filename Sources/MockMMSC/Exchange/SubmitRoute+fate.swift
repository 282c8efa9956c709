import Hummingbird
import MM7
import ServiceLifecycle

extension SubmitRoute {
    /// Takes or refuses a valid submission, and answers it as its fate says.
    func answer(_ submission: KnownSubmission, _ fate: Fate, _ context: ExchangeContext) async throws -> Response {
        switch fate.answer {
        case .refused(let code):
            return try await refuse(submission, ResponseStatus(code))
        case .faulted(let code):
            await leave(submission, .faulted(code))
            let fault = Fault(ResponseStatus(code), side: .relayServer)
            return try answers.response(.fault(fault), to: submission, status: .internalServerError)
        case .html:
            await leave(submission, .html)
            return answers.badGateway()
        case .denied:
            await leave(submission, .denied)
            return try answers.unauthorized()
        case .accepted, .dropped, .hung, .half, .misaddressed, .reset:
            let (count, limit) = (submission.recipients.count, configuration.recipientLimit)
            guard count <= limit else {
                let details = "\(count) recipients, and at most \(limit) are taken"
                return try await refuse(submission, ResponseStatus(.multipleAddressesNotSupported, details: details))
            }
            return try await take(submission, fate, context)
        }
    }

    private func take(_ submission: KnownSubmission, _ fate: Fate, _ context: ExchangeContext) async throws -> Response
    {
        let untaken = fate.untaken(of: submission.recipients.count)
        let receipt = accounts.take(
            submission.transactionID ?? "", recipients: submission.recipients.count,
            details: untaken.isEmpty
                ? nil
                : untaken.sorted().map { submission.recipients[$0].normalized }
                    .joined(separator: " "))
        journal.record(submission.received(Self.outcome(fate.answer, receipt), receipt.messageID))
        if !receipt.isRepeated { await report(on: submission, receipt.messageID, fate, except: untaken) }
        await pause(configuration.faults.delay)

        let status = receipt.details.map { ResponseStatus(.partialSuccess, details: $0) } ?? .success
        let body = Envelope.Body.submitRsp(SubmitRsp(status: status, messageID: receipt.messageID))
        switch fate.answer {
        case .dropped: await context.hangUp()
        case .hung: await pause(configuration.faults.hangTime)
        case .half: return try answers.half(body, to: submission, context)
        case .misaddressed: return try answers.misaddressed(body, to: submission)
        default: break
        }
        return try answers.response(body, to: submission)
    }

    private static func outcome(_ answer: Fate.Answer, _ receipt: Accounts.Receipt) -> ReceivedSubmission.Treatment {
        switch answer {
        case .dropped: .dropped
        case .hung: .hung
        case .half: .half
        case .misaddressed: .misaddressed
        default: receipt.isRepeated ? .repeated : receipt.details != nil ? .partial : .accepted
        }
    }

    private func refuse(_ submission: KnownSubmission, _ status: ResponseStatus) async throws -> Response {
        await leave(submission, .refused(status.code))
        return try answers.response(.submitRsp(SubmitRsp(status: status)), to: submission)
    }

    /// Notes that the submission is not taken, and delays the answer as usual.
    private func leave(_ submission: KnownSubmission, _ outcome: ReceivedSubmission.Treatment) async {
        accounts.refuse(submission.transactionID ?? "", recipients: submission.recipients.count)
        journal.record(submission.received(outcome))
        await pause(configuration.faults.delay)
    }

    /// Lets the peer wait for its answer; a stop of the MMSC ends the wait.
    func pause(_ time: Duration) async {
        guard time > .zero else { return }
        try? await cancelWhenGracefulShutdown { try await Task.sleep(for: time, tolerance: .zero) }
    }

    /// Reports on the copy of each recipient, where they were asked for.
    private func report(on submission: KnownSubmission, _ messageID: String, _ fate: Fate, except untaken: Set<Int>)
        async
    {
        guard submission.wantsReport else { return }
        let plan = ReportPlan(
            messageID: messageID, sender: submission.sender, fate: fate, configuration: configuration)
        for (index, recipient) in submission.recipients.enumerated() where !untaken.contains(index) {
            for report in plan.reports(on: recipient, at: index) {
                if fate.isReportFirst {
                    await reports.post(report)
                } else {
                    reports.add(report, after: configuration.reportDelay * fate.reportDelayFactor)
                }
            }
        }
    }
}
