import FoundationEssentials
import GatewayCore
import Logging
import MM7
import ServiceLifecycle
import Telemetry
import WorkLoop

/// The way of one claim: its content, its request, its turn at the MMSC, the exchange, and what is recorded of it.
struct Submitter: Sendable {
    let contents: ContentCache
    let directory: CurrentDirectory
    let clock: any DomainClock
    let random: RandomSource
    let retries: RetryPolicy
    let ongoing: OngoingClaims
    let exchange: Exchange
    let recorder: ResultRecorder

    /// Before a message is made again that could not be, for want of its media or its batch.
    private static let pauseOfDisk = Duration.seconds(60)
    /// Before a message is looked at again whose time may be over, or not.
    private static let pauseOfClock = Duration.seconds(30)
    /// Before a message whose content found no memory is claimed again.
    private static let pauseOfMemory = Duration.seconds(2)

    /// - Parameters:
    ///   - inFlight: with a permit for each exchange that may go on with the MMSC at a time.
    ///   - onAnswer: called when the exchange is over and nothing is left but to keep what became of it.
    func submit(_ claim: Claim, within inFlight: Semaphore, onAnswer: @Sendable () -> Void = {}) async {
        ongoing.begin(claim)
        defer { ongoing.end(claim) }
        let (result, verdict) = await result(of: claim, within: inFlight)
        exchange.log.logger.debug(
            "An attempt ended",
            metadata: [
                "message": "\(claim.id)", "messages": "\(claim.copies.count)", "mmsc": "\(claim.mmsc)",
                "attempt": "\(claim.first.attempt)", "event": "\(result.event)",
                "status": "\(result.statusCode.map(String.init) ?? "none")",
                "reason": "\(result.words ?? result.statusText ?? "none")",
            ])
        onAnswer()
        result.count(of: claim, by: verdict, in: exchange.telemetry.mmsc(claim.mmsc))
        await recorder.record(result, of: claim)
    }

    /// What became of the claim, and of the exchange if it came to one.
    private func result(of claim: Claim, within inFlight: Semaphore) async -> (SubmissionResult, Verdict?) {
        let directory = directory.now
        guard let mmsc = directory.mmscs[claim.mmsc] else {
            // A reload took the MMSC away between the claim and now; the message waits for it to come back.
            return (SubmissionResult(.released), nil)
        }
        if claim.isResend, mmsc.onLostAnswer == .fail { return (SubmissionResult(.gaveUp), nil) }
        let content: LentContent
        do {
            content = try await contents.content(of: claim, profile: mmsc.profile, generation: directory.generation)
        } catch {
            return (unmade(claim, for: mmsc, because: error), nil)
        }
        // The request holds its content until it has ended.
        defer { contents.giveBack(content) }
        let request: SubmitRequest
        do throws(MM7Error) {
            guard let made = try SubmitRequest(of: claim, content.content, to: mmsc) else {
                return (SubmissionResult(.abandoned(.unmatchedParameter)), nil)
            }
            request = made
        } catch {
            return (unmade(claim, for: mmsc, because: error), nil)
        }
        let end = await inFlight.withPermit { () -> ExchangeEnd in
            // The wait for a permit may have been as long as an exchange.
            if let result = withheld(claim, since: directory) { return .withheld(result) }
            return await exchange.submit(request, of: claim, to: mmsc).map(ExchangeEnd.answered)
                ?? .withheld(SubmissionResult(.released))
        }
        switch end {
        case .withheld(let result): return (result, nil)
        // The gateway is stopping.
        case nil: return (SubmissionResult(.released), nil)
        case .answered(let exchanged): return (judged(exchanged, of: claim, at: mmsc), exchanged.verdict)
        }
    }

    /// What came of a request that had its permit.
    private enum ExchangeEnd {
        case withheld(SubmissionResult)
        case answered(ExchangeResult)
    }

    /// What becomes of a claim of which no request could be made.
    private func unmade(_ claim: Claim, for mmsc: MMSC, because error: any Error) -> SubmissionResult {
        // Its permit is for those who have what they need; what holds the memory may hang elsewhere.
        if case ContentFailure.noRoom = error {
            return SubmissionResult(.released, dueAt: clock.now() + Self.pauseOfMemory)
        }
        if let error = error as? MM7Error {
            // Where none can be made the configuration is wrong, and the queue must not be used up by that either.
            exchange.health.record(
                .unmade("no request could be made: \(error.reason)", messages: claim.copies.count),
                by: claim.transactionID, of: mmsc, now: clock.now())
            return SubmissionResult(.abandoned(.internalError), statusText: PeerText(error.reason))
        }
        exchange.log.failed(
            .media, .error, "A message could not be made; it is tried again",
            metadata: ["message": "\(claim.id)", "batch": "\(claim.batch)", "error": "\(error)"])
        return SubmissionResult(.released, dueAt: clock.now() + Self.pauseOfDisk)
    }

    /// What becomes of a claim that may not be sent any more; nil for one that may.
    private func withheld(_ claim: Claim, since directory: Directory) -> SubmissionResult? {
        let now = clock.now()
        guard claim.expireAt > now else {
            guard clock.isSettled else { return SubmissionResult(.released, dueAt: now + Self.pauseOfClock) }
            return SubmissionResult(.abandoned(.expiredInQueue))
        }
        // It is claimed anew: by the next start, by what the configuration says now, or by who carries meanwhile.
        let isStale =
            Task.isShuttingDownGracefully || self.directory.now.generation != directory.generation
            || !exchange.health.lets(claim.transactionID, passTo: claim.mmsc)
        return isStale ? SubmissionResult(.released) : nil
    }

    private func judged(_ exchanged: ExchangeResult, of claim: Claim, at mmsc: MMSC) -> SubmissionResult {
        let now = clock.now()
        exchange.record(exchanged.verdict, on: claim, of: mmsc, now: now)
        var result = retries.result(
            of: exchanged.verdict, for: claim, onLostAnswer: mmsc.onLostAnswer,
            lastSuccess: exchange.health.entry(of: mmsc.name)?.submitting.history.lastSuccess, now: now,
            jitter: random.fraction())
        result.answer = exchanged.answer
        result.isSent = exchanged.isSent
        if let sentence = exchanged.sentence {
            result.words = result.statusText
            result.statusText = PeerText(sentence)
        }
        return result
    }
}
