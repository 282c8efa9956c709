import GatewayCore
import Logging
import MM7
import Telemetry
import WorkLoop

/// Carries out one CancelReq: makes the request, sends it, and records the result.
struct Canceller: Sendable {
    let directory: CurrentDirectory
    let clock: any DomainClock
    let random: RandomSource
    let retries: RetryPolicy
    let exchange: Exchange
    let recorder: ResultRecorder

    func cancel(_ cancellation: Cancellation) async {
        let (result, counted, reason) = await result(of: cancellation)
        exchange.log.logger.debug(
            "A CancelReq ended",
            metadata: [
                "transaction": "\(cancellation.transactionID)",
                "messages": .stringConvertible(cancellation.messages.count),
                "mmsc": "\(cancellation.mmsc)", "attempt": .stringConvertible(cancellation.tries),
                "outcome": "\(counted?.rawValue ?? "released")", "reason": "\(reason ?? "none")",
            ].with(cancellation.trace))
        if let counted { exchange.telemetry.mmsc(cancellation.mmsc).cancelled(counted) }
        await recorder.record(result, because: reason, of: cancellation)
    }

    private func result(
        of cancellation: Cancellation
    ) async -> (result: CancellationResult, counted: CancelOutcome?, reason: String?) {
        let directory = directory.now
        guard var mmsc = directory.mmscs[cancellation.mmsc] else { return (.released, nil, nil) }
        let request: CancelRequest
        do throws(UnknownApp) {
            mmsc = try directory.mmsc(mmsc, for: cancellation.owner)
        } catch {
            return (.stays, .refused, "\(error)")
        }
        do {
            request = try CancelRequest(cancellation, to: mmsc)
        } catch {
            // The MessageID cannot be written, or since a reload the MMSC takes no CancelReq.
            return (.stays, .refused, error.reason)
        }
        guard let verdict = await exchange.cancel(request, of: cancellation, to: mmsc) else {
            return (.released, nil, nil)
        }
        let now = clock.now()
        exchange.record(verdict, on: cancellation, of: mmsc, now: now)
        let (result, counted) = retries.result(
            of: verdict, for: cancellation, now: now, jitter: random.fraction())
        return (result, counted, verdict.reason)
    }
}
