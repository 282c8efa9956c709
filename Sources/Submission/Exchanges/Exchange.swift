import CurlHTTP
import FoundationEssentials
import GatewayCore
import MM7
import Spans
import Telemetry

/// One request to an MMSC and its answer: sends the request, judges the answer, and reports to those who watch the
/// MMSC.
struct Exchange: Sendable {
    let client: HTTPClient
    let health: Health
    let telemetry: Telemetry
    let log: SubmissionLog
    var spans = Spans.none
    /// All requests to MMSCs that are on their way.
    let group = RequestGroup()
    /// Nil where every MMSC is this process's to send to.
    var ownership: (any LaneOwnership)?

    /// Sends a SubmitReq and judges the answer; nil where nothing was sent: the gateway stopped, or another process sends
    /// to the MMSC now.
    func submit(_ request: SubmitRequest, of claim: Claim, to mmsc: MMSC) async -> ExchangeResult? {
        // Before the look: what ends all requests from now on ends this one too.
        let pass = group.pass
        guard ownership?.lets(claim.term, passTo: mmsc.name) ?? true else { return nil }
        let span = spans.begin("SubmitReq", .client, in: request.trace)
        span.calls(mmsc.url, method: "POST")
        span.set("mm7.mmsc", mmsc.name)
        span.set("mm7.transaction", claim.transactionID)
        span.set("mm7.messages", claim.copies.count)
        let result = await send(request, by: pass, in: span.trace, of: claim, to: mmsc)
        span.set("http.response.status_code", result?.httpStatus)
        span.end(failed: !(result?.verdict.isTaken ?? false))
        return result
    }

    private func send(
        _ request: SubmitRequest, by pass: RequestGroup.Pass, in trace: Trace?, of claim: Claim, to mmsc: MMSC
    ) async -> ExchangeResult? {
        let mmscTelemetry = telemetry.mmsc(mmsc.name)
        mmscTelemetry.exchangeBegan()
        defer { mmscTelemetry.exchangeEnded() }
        let stopwatch = Stopwatch()
        do {
            let response = try await client.send(request.http(in: trace), by: pass)
            mmscTelemetry.answered(after: stopwatch.elapsed)
            if claim.isResend { mmscTelemetry.resent() }
            let answer = MMSCAnswer(response, to: .submitReq)
            examine(answer, to: claim.transactionID, of: mmsc, in: request.trace)
            let verdict = judge(answer, to: request, for: claim, at: mmsc)
            return ExchangeResult(
                verdict: verdict, httpStatus: response.status,
                answer: verdict.isPlainSuccess ? nil : PeerWords.excerpt(of: answer.body))
        } catch {
            if let answer = brokenOff(
                error, answering: .submitReq, claim.transactionID, of: mmsc, in: request.trace)
            {
                mmscTelemetry.answered(after: stopwatch.elapsed)
                if claim.isResend { mmscTelemetry.resent() }
                let verdict = judge(answer, to: request, for: claim, at: mmsc)
                return ExchangeResult(verdict: verdict, answer: PeerWords.excerpt(of: answer.body))
            }
            let isSent = error.requestMayHaveArrived
            if [.cancelled, .shutDown].contains(error.kind), !isSent { return nil }
            if claim.isResend, isSent { mmscTelemetry.resent() }
            return ExchangeResult(
                verdict: Verdict(error).presentable(from: mmsc), isSent: isSent,
                sentence: error.sentence(about: "the MMSC"))
        }
    }

    /// Sends a CancelReq and judges the answer; nil where nothing was sent, as in `submit`.
    func cancel(_ request: CancelRequest, of cancellation: Cancellation, to mmsc: MMSC) async -> Verdict? {
        let pass = group.pass
        guard ownership?.lets(cancellation.term, passTo: mmsc.name) ?? true else { return nil }
        let span = spans.begin("CancelReq", .client, in: cancellation.trace)
        span.calls(mmsc.url, method: "POST")
        span.set("mm7.mmsc", mmsc.name)
        span.set("mm7.transaction", cancellation.transactionID)
        span.set("mm7.messages", cancellation.messages.count)
        let (verdict, httpStatus) = await send(request, by: pass, in: span.trace, of: cancellation, to: mmsc)
        span.set("http.response.status_code", httpStatus)
        span.end(failed: !(verdict?.isTaken ?? false))
        return verdict
    }

    private func send(
        _ request: CancelRequest, by pass: RequestGroup.Pass, in trace: Trace?, of cancellation: Cancellation,
        to mmsc: MMSC
    ) async -> (verdict: Verdict?, httpStatus: Int?) {
        do {
            let response = try await client.send(request.http(in: trace), by: pass)
            let answer = MMSCAnswer(response, to: .cancelReq)
            examine(answer, to: cancellation.transactionID, of: mmsc, in: cancellation.trace)
            return (judge(answer, to: cancellation, at: mmsc), response.status)
        } catch {
            if [.cancelled, .shutDown].contains(error.kind), !error.requestMayHaveArrived { return (nil, nil) }
            let answer = brokenOff(
                error, answering: .cancelReq, cancellation.transactionID, of: mmsc, in: cancellation.trace)
            let verdict = answer.map { judge($0, to: cancellation, at: mmsc) }
            return (verdict ?? Verdict(error).presentable(from: mmsc), nil)
        }
    }
}

// MARK: - What an exchange says of its MMSC

extension Exchange {
    func record(_ verdict: Verdict, on claim: Claim, of mmsc: MMSC, now: Date) {
        if case .misconfigured(let code, let reason) = verdict {
            log.needsRepair(mmsc.name, code: code, reason: reason)
        }
        if case .split(let code, _) = verdict, mmsc.profile.disposition(of: code) == .split {
            health.wantsSingles(mmsc.name)
        }
        health.record(
            verdict.sign(messages: claim.copies.count, at: mmsc), by: claim.transactionID, of: mmsc, now: now)
    }

    func record(_ verdict: Verdict, on cancellation: Cancellation, of mmsc: MMSC, now: Date) {
        if case .misconfigured(let code, let reason) = verdict, verdict.signOfCancellation != .well {
            log.needsRepair(mmsc.name, code: code, reason: reason)
        }
        health.record(
            verdict.signOfCancellation(at: mmsc), by: cancellation.transactionID, of: mmsc, for: .cancelling, now: now)
    }
}

// MARK: - What an answer says, and what is wrong with one that is believed all the same

extension Exchange {
    private func judge(_ answer: MMSCAnswer, to request: SubmitRequest, for claim: Claim, at mmsc: MMSC) -> Verdict {
        let octets = request.http.body.reduce(0) { $0 + $1.count }
        var verdict = Verdict(answer, profile: mmsc.profile, to: claim)
        if answer.httpStatus == 413 {
            verdict = verdict.judgingSize(of: octets, largestTaken: health.largestTaken(at: mmsc.name))
        }
        if verdict.isTaken { health.took(octets: octets, at: mmsc.name) }
        if mmsc.hasAccountOfApp { verdict = verdict.judgingAccount(httpStatus: answer.httpStatus) }
        return verdict.presentable(from: mmsc)
    }

    private func judge(_ answer: MMSCAnswer, to cancellation: Cancellation, at mmsc: MMSC) -> Verdict {
        let verdict = Verdict(answer, profile: mmsc.profile, to: cancellation)
        return (mmsc.hasAccountOfApp ? verdict.judgingAccount(httpStatus: answer.httpStatus) : verdict)
            .presentable(from: mmsc)
    }

    /// Logs and counts what is wrong with an answer.
    private func examine(
        _ answer: MMSCAnswer, to transactionID: String, of mmsc: MMSC, in trace: Trace?
    ) {
        if answer.names(anotherThan: transactionID) {
            telemetry.mmsc(mmsc.name).answeredUnderAnotherID()
            let answered = answer.envelope?.transactionID.map { PeerText("answered under \($0)") }
            log.found(
                mmsc.profile.answersMustMatch ? .refusedTransaction : .otherTransaction, of: mmsc.name,
                to: transactionID, answered, in: trace)
        }
        if answer.isRepaired { log.found(.mended, of: mmsc.name, to: transactionID, in: trace) }
    }

    /// The answer that came before a transfer failed, if it says enough.
    private func brokenOff(
        _ failure: HTTPFailure, answering request: Operation, _ transactionID: String, of mmsc: MMSC,
        in trace: Trace?
    ) -> MMSCAnswer? {
        guard let answer = MMSCAnswer(failure, to: request) else { return nil }
        examine(answer, to: transactionID, of: mmsc, in: trace)
        log.found(.brokenOff, of: mmsc.name, to: transactionID, PeerText(failure.message), in: trace)
        return answer
    }
}

/// What came of a SubmitReq, once sending it had begun.
struct ExchangeResult: Sendable {
    let verdict: Verdict
    /// Nil where there was no whole answer.
    var httpStatus: Int?
    /// The beginning of an answer that is worth keeping.
    var answer: String?
    /// Whether anything of the request may have arrived.
    var isSent = true
    /// The sentence for the customer, where the verdict has libcurl's words.
    var sentence: String?
}
