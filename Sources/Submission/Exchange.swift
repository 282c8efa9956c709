import CurlHTTP
import FoundationEssentials
import GatewayCore
import Logging
import MM7
import ServiceLifecycle
import Telemetry

/// One SubmitReq and its answer: builds it, sends it, judges what came back and records it.
struct Exchange: Sendable {
    let store: any Store
    let contents: ContentCache
    let client: HTTPClient
    let directory: CurrentDirectory
    let clock: any DomainClock
    let retries: RetryPolicy
    let health: Health
    let alarm: RepairAlarm
    let answers: AnswerAlarm
    let ongoing: OngoingClaims
    /// Of the store.
    let outage: OutageWatch
    /// Of the media that messages are made from.
    let mediaOutage: OutageWatch
    let telemetry: Telemetry
    let logger: Logger

    /// Between two tries to keep an outcome; and at most, where the store says that it is broken.
    private static let pauseOfStore = Duration.seconds(1)
    private static let longestPauseOfStore = Duration.seconds(60)
    /// Before a message is made again that could not be, for want of its media or its batch.
    private static let pauseOfDisk = Duration.seconds(60)
    /// Before a message is looked at again whose time may be over, or not.
    private static let pauseOfClock = Duration.seconds(30)
    /// Before a message whose content found no room gets a place again.
    private static let pauseOfMemory = Duration.seconds(2)

    /// - Parameters:
    ///   - wire: the way to the MMSC, with a place for each exchange that may be in flight there.
    ///   - onAnswer: called when the exchange is over and nothing is left but to keep what became of it.
    func submit(_ claim: Claim, over wire: Turnstile, onAnswer: @Sendable () -> Void = {}) async {
        ongoing.begin(claim)
        defer { ongoing.end(claim) }
        let (outcome, verdict) = await outcome(of: claim, over: wire)
        logger.debug(
            "An attempt ended",
            metadata: [
                "message": "\(claim.id)", "messages": "\(claim.copies.count)", "mmsc": "\(claim.mmsc)",
                "attempt": "\(claim.first.attempt)", "event": "\(outcome.event)",
                "status": "\(outcome.statusCode.map(String.init) ?? "none")",
                "reason": "\(outcome.words ?? outcome.statusText ?? "none")",
            ])
        onAnswer()
        outcome.count(of: claim, by: verdict, in: telemetry.mmsc(claim.mmsc))
        await record(outcome, of: claim)
    }

    /// Keeps what became of the claim, however long the store takes to be able to: an answer forgotten is a message
    /// sent twice. Gives up only when the gateway stops; the next start finds the message in doubt.
    private func record(_ outcome: Outcome, of claim: Claim) async {
        await insist(on: claim.id, at: claim.mmsc) { now throws(StoreFailure) in
            try await store.record(outcome, of: claim, now: now)
        }
    }

    /// Records what came of an exchange, again and again until the store takes it or the gateway stops. Each second; less
    /// often where the store says that it is broken, for even then a message whose outcome is forgotten is sent twice.
    func insist(
        on message: Message.ID, at mmsc: String, record: (_ now: Date) async throws(StoreFailure) -> Void
    ) async {
        var pause = Self.pauseOfStore
        while true {
            do {
                return try await record(clock.now())
            } catch {
                switch error {
                case .closed: return
                case .unavailable, .uncertain, .busy: pause = Self.pauseOfStore
                case .broken: pause = min(pause * 2, Self.longestPauseOfStore)
                }
                if let untold = outage.failed() {
                    logger.error(
                        "The outcome of an attempt could not be recorded; it is tried again",
                        metadata: [
                            "message": "\(message)", "mmsc": "\(mmsc)", "error": "\(error)", "others": "\(untold)",
                        ])
                }
            }
            do {
                try await clock.sleep(until: clock.now() + pause)
            } catch {
                return
            }
        }
    }

    /// What became of the claim, and of the exchange if it came to one.
    private func outcome(of claim: Claim, over wire: Turnstile) async -> (Outcome, Verdict?) {
        let directory = directory.now
        guard let mmsc = directory.mmscs[claim.mmsc] else {
            // A reload took the MMSC away between the claim and now; the message waits for it to come back.
            return (Outcome(.released), nil)
        }
        if claim.isResend, mmsc.onLostAnswer == .fail { return (Outcome(.gaveUp), nil) }
        let content: LentContent
        do {
            content = try await contents.content(of: claim, profile: mmsc.profile, generation: directory.generation)
        } catch {
            return (unmade(claim, for: mmsc, because: error), nil)
        }
        // The request holds its content until it has ended.
        defer { contents.giveBack(content) }
        let request: HTTPRequest
        do throws(MM7Error) {
            guard let submit = content.content.request(for: claim.copies.map(\.recipient), at: mmsc),
                let encoded = try content.content.encoded(for: claim.first.recipient, profile: mmsc.profile)
            else { return (Outcome(.abandoned(.unmatchedParameter)), nil) }
            request = try Self.request(submit, encoded, transactionID: claim.transactionID, to: mmsc)
        } catch {
            return (unmade(claim, for: mmsc, because: error), nil)
        }
        let passage = await wire.pass { () -> Passage in
            // The wait for a place may have been as long as an exchange.
            if let outcome = withheld(claim, since: directory) { return .withheld(outcome) }
            return await send(request, for: claim, to: mmsc).map(Passage.sent) ?? .withheld(Outcome(.released))
        }
        switch passage {
        case .withheld(let outcome): return (outcome, nil)
        // The gateway is stopping.
        case nil: return (Outcome(.released), nil)
        case .sent(let sent): return (judged(sent, of: claim, at: mmsc), sent.verdict)
        }
    }

    /// What becomes of a claim of which no request could be made.
    private func unmade(_ claim: Claim, for mmsc: MMSC, because error: any Error) -> Outcome {
        // Its place is for those who have what they need; what holds the memory may hang elsewhere.
        if case ContentFailure.noRoom = error { return Outcome(.released, dueAt: clock.now() + Self.pauseOfMemory) }
        if let error = error as? MM7Error {
            // Where none can be made the configuration is wrong, and the queue must not be used up by that either.
            health.record(
                .unmade("no request could be made: \(error.reason)", messages: claim.copies.count),
                by: claim.transactionID, of: mmsc, now: clock.now())
            return Outcome(.abandoned(.internalError), statusText: PeerText(error.reason))
        }
        if let untold = mediaOutage.failed() {
            logger.error(
                "A message could not be made; it is tried again",
                metadata: [
                    "message": "\(claim.id)", "batch": "\(claim.batch)", "error": "\(error)",
                    "others": "\(untold)",
                ])
        }
        return Outcome(.released, dueAt: clock.now() + Self.pauseOfDisk)
    }

    /// What came of a request that had its place.
    private enum Passage {
        case withheld(Outcome)
        case sent(Sent)
    }

    /// What came of a request of which something may have been sent.
    private struct Sent {
        let verdict: Verdict
        /// The beginning of an answer that is worth keeping.
        var answer: String?
        /// Whether anything of the request may have arrived.
        var isSent = true
        /// For the customer, where the verdict has libcurl's words.
        var sentence: String?
    }

    /// What becomes of a claim that may not be sent any more; nil for one that may.
    private func withheld(_ claim: Claim, since directory: Directory) -> Outcome? {
        let now = clock.now()
        guard claim.expireAt > now else {
            guard clock.isSettled else { return Outcome(.released, dueAt: now + Self.pauseOfClock) }
            return Outcome(.abandoned(.expiredInQueue))
        }
        // It is claimed anew: by the next start, by what the configuration says now, or by who carries meanwhile.
        let isStale =
            Task.isShuttingDownGracefully || self.directory.now.generation != directory.generation
            || !health.lets(claim.transactionID, passTo: claim.mmsc)
        return isStale ? Outcome(.released) : nil
    }

    private func judged(_ sent: Sent, of claim: Claim, at mmsc: MMSC) -> Outcome {
        let now = clock.now()
        tell(sent.verdict, by: claim, of: mmsc, now: now)
        var outcome = retries.outcome(
            of: sent.verdict, for: claim, onLostAnswer: mmsc.onLostAnswer,
            lastSuccess: health.entry(of: mmsc.name)?.submitting.history.lastSuccess, now: now,
            jitter: .random(in: 0...1))
        outcome.answer = sent.answer
        outcome.isSent = sent.isSent
        if let sentence = sent.sentence {
            outcome.words = outcome.statusText
            outcome.statusText = PeerText(sentence)
        }
        return outcome
    }

    /// Nil where a stop came before anything was sent.
    private func send(_ request: HTTPRequest, for claim: Claim, to mmsc: MMSC) async -> Sent? {
        let figures = telemetry.mmsc(mmsc.name)
        figures.exchangeBegan()
        defer { figures.exchangeEnded() }
        let stopwatch = Stopwatch()
        do {
            let response = try await client.send(request)
            figures.answered(after: stopwatch.elapsed)
            if claim.isResend { figures.resent() }
            let answer = MMSCAnswer(response, to: .submitReq)
            examine(answer, to: claim.transactionID, of: mmsc)
            let verdict = judge(answer, to: request, for: claim, at: mmsc)
            return Sent(
                verdict: verdict, answer: verdict.isPlainSuccess ? nil : PeerWords.excerpt(of: answer.body))
        } catch {
            if let answer = brokenOff(error, answering: .submitReq, claim.transactionID, of: mmsc) {
                figures.answered(after: stopwatch.elapsed)
                if claim.isResend { figures.resent() }
                let verdict = judge(answer, to: request, for: claim, at: mmsc)
                return Sent(verdict: verdict, answer: PeerWords.excerpt(of: answer.body))
            }
            let isSent = error.requestMayHaveArrived
            if [.cancelled, .shutDown].contains(error.kind), !isSent { return nil }
            if claim.isResend, isSent { figures.resent() }
            return Sent(
                verdict: Verdict(error).presentable(from: mmsc), isSent: isSent,
                sentence: error.sentence(about: "the MMSC"))
        }
    }

    /// Tells those who look after the MMSC what the exchange says of it.
    private func tell(_ verdict: Verdict, by claim: Claim, of mmsc: MMSC, now: Date) {
        if case .misconfigured(let code, let reason) = verdict {
            alarm.raise(for: mmsc.name, code: code, reason: reason, now: now)
        }
        if case .split(let code, _) = verdict, mmsc.profile.disposition(of: code) == .split {
            health.wantsSingles(mmsc.name)
        }
        health.record(
            verdict.sign(messages: claim.copies.count), by: claim.transactionID, of: mmsc, now: now)
    }
}
