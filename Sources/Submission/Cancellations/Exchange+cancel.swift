import CurlHTTP
import FoundationEssentials
import GatewayCore
import Logging
import MM7
import Telemetry

extension Exchange {
    /// One CancelReq and its answer: builds it, sends it, judges what came back and records it.
    func cancel(_ cancellation: Cancellation) async {
        let (outcome, counted, reason) = await outcome(of: cancellation)
        logger.debug(
            "A CancelReq ended",
            metadata: [
                "transaction": "\(cancellation.transactionID)", "messages": "\(cancellation.messages.count)",
                "mmsc": "\(cancellation.mmsc)", "attempt": "\(cancellation.tries)",
                "outcome": "\(counted?.rawValue ?? "released")", "reason": "\(reason ?? "none")",
            ])
        if let counted { telemetry.mmsc(cancellation.mmsc).cancelled(counted) }
        guard let message = cancellation.messages.first else { return }
        await insist(on: message, at: cancellation.mmsc) { now throws(StoreFailure) in
            try await store.record(outcome, because: reason.map { PeerText($0) }, of: cancellation, now: now)
        }
    }

    private typealias Result = (outcome: CancellationOutcome, counted: CancelOutcome?, reason: String?)

    private func outcome(of cancellation: Cancellation) async -> Result {
        guard let mmsc = directory.now.mmscs[cancellation.mmsc] else { return (.released, nil, nil) }
        let request: HTTPRequest
        do {
            request = try Self.request(cancellation, to: mmsc)
        } catch {
            // A MessageID that cannot be written, or a reload after which the MMSC takes no CancelReq.
            return (.stays, .refused, error.reason)
        }
        let verdict: Verdict
        do {
            let response = try await client.send(request)
            let answer = MMSCAnswer(response, to: .cancelReq)
            examine(answer, to: cancellation.transactionID, of: mmsc)
            verdict = Verdict(answer, profile: mmsc.profile, to: cancellation).presentable(from: mmsc)
        } catch {
            if [.cancelled, .shutDown].contains(error.kind), !error.requestMayHaveArrived {
                return (.released, nil, nil)
            }
            let answer = brokenOff(error, answering: .cancelReq, cancellation.transactionID, of: mmsc)
            verdict =
                (answer.map { Verdict($0, profile: mmsc.profile, to: cancellation) } ?? Verdict(error))
                .presentable(from: mmsc)
        }
        let now = clock.now()
        if case .misconfigured(let code, let reason) = verdict, verdict.signOfCancellation != .well {
            alarm.raise(for: mmsc.name, code: code, reason: reason, now: now)
        }
        health.record(
            verdict.signOfCancellation, by: cancellation.transactionID, of: mmsc, for: .cancelling, now: now)
        let (outcome, counted) = retries.outcome(
            of: verdict, for: cancellation, now: now, jitter: .random(in: 0...1))
        return (outcome, counted, verdict.reason)
    }
}
