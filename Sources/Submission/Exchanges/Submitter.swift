import FoundationEssentials
import GatewayCore
import Logging
import MM7
import ServiceLifecycle
import Telemetry
import WorkLoop

/// Carries out one claim: gets its content, makes the request, waits for a permit, sends it, and records the result.
struct Submitter: Sendable {
    let contents: ContentCache
    let directory: CurrentDirectory
    let clock: any DomainClock
    let random: RandomSource
    let retries: RetryPolicy
    let ongoing: OngoingClaims
    let exchange: Exchange
    let recorder: ResultRecorder

    /// The pause before another try to make a message whose media or batch could not be read.
    private static let pauseOfDisk = Duration.seconds(60)
    /// The pause before another look at whether the app of a message is back.
    private static let pauseOfApp = Duration.seconds(30)
    /// The pause before another look at a message that may have expired, while the clock is not settled.
    private static let pauseOfClock = Duration.seconds(30)
    /// The pause before a message is claimed again for whose content there was no memory.
    private static let pauseOfMemory = Duration.seconds(2)

    /// - Parameters:
    ///   - inFlight: with one permit for each exchange that the MMSC may have at a time.
    ///   - onAnswer: called when the exchange is over and only its result is left to be recorded.
    func submit(_ claim: Claim, within inFlight: Semaphore, onAnswer: @Sendable () -> Void = {}) async {
        ongoing.begin(claim)
        defer { ongoing.end(claim) }
        var trace: Trace?
        let (result, verdict) = await result(of: claim, within: inFlight, trace: &trace)
        exchange.log.attempted(claim, with: result, in: trace)
        onAnswer()
        result.count(of: claim, by: verdict, in: exchange.telemetry.mmsc(claim.mmsc))
        await recorder.record(result, of: claim)
    }

    /// The result of the claim, and the verdict on its exchange if there was one.
    ///
    /// - Parameter trace: becomes that of the batch, once its content is there.
    private func result(
        of claim: Claim, within inFlight: Semaphore, trace: inout Trace?
    ) async -> (SubmissionResult, Verdict?) {
        let directory = directory.now
        guard var mmsc = directory.mmscs[claim.mmsc] else {
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
        trace = content.content.trace
        do throws(UnknownApp) {
            mmsc = try directory.mmsc(mmsc, for: content.content.owner)
        } catch {
            // An entry of the file that was taken away, or a key that is missing, may be back soon.
            exchange.log.logger.warning(
                "A message of an app that is not there waits until it is, or its time is over",
                metadata: claim.metadata.with(trace))
            var result = SubmissionResult(
                .postponed, dueAt: clock.now() + Self.pauseOfApp, statusText: PeerText("\(error)"))
            result.isTry = false
            return (result, nil)
        }
        let request: SubmitRequest
        do throws(MM7Error) {
            guard let made = try SubmitRequest(of: claim, content.content, to: mmsc) else {
                return (SubmissionResult(.abandoned(.unmatchedParameter)), nil)
            }
            request = made
        } catch {
            return (unmade(claim, for: mmsc, because: error), nil)
        }
        let end = await inFlight.withPermit { [mmsc] () -> ExchangeEnd in
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

    /// The result of a claim for which no request could be made.
    private func unmade(_ claim: Claim, for mmsc: MMSC, because error: any Error) -> SubmissionResult {
        // The permit goes to a message that has its content; the contents that hold the memory may hang at another
        // MMSC.
        if case ContentFailure.noRoom = error {
            return SubmissionResult(.released, dueAt: clock.now() + Self.pauseOfMemory)
        }
        if let error = error as? MM7Error {
            // Where no request can be made at all, the configuration is wrong, and that must not fail the whole queue
            // either.
            exchange.health.record(
                .unmade("no request could be made: \(error.reason)", messages: claim.copies.count),
                by: claim.transactionID, of: mmsc, now: clock.now())
            return SubmissionResult(.abandoned(.internalError), statusText: PeerText(error.reason))
        }
        exchange.log.failed(
            .media, .error, "A message could not be made; it is tried again",
            metadata: claim.metadata.with("error", "\(error)"))
        return SubmissionResult(.released, dueAt: clock.now() + Self.pauseOfDisk)
    }

    /// The result of a claim that may no longer be sent; nil for one that may.
    private func withheld(_ claim: Claim, since directory: Directory) -> SubmissionResult? {
        let now = clock.now()
        guard claim.expireAt > now else {
            guard clock.isSettled else { return SubmissionResult(.released, dueAt: now + Self.pauseOfClock) }
            return SubmissionResult(.abandoned(.expiredInQueue))
        }
        // A stale message is claimed anew: after the next start, by the new configuration, or by another MMSC that
        // carries it.
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

extension Claim {
    /// The keys that say in the log what a line is about.
    var metadata: Logger.Metadata {
        [
            "batch": "\(batch)", "message": "\(id)", "messages": .stringConvertible(copies.count), "mmsc": "\(mmsc)",
            "transaction": "\(transactionID)", "attempt": .stringConvertible(first.attempt),
        ]
    }
}
