package import CurlHTTP
import FoundationEssentials
package import GatewayCore
package import IPRanges
package import Logging
import ServiceLifecycle
package import Spans
import Synchronization
package import Telemetry
package import Trust
import WorkLoop

/// Calls customers' webhooks with each event, until the receiver has taken it or the schedule ends.
package struct WebhookService: Service {
    private let store: any CallQueue
    private let caller: WebhookCaller
    private let clock: any DomainClock
    private let monotonic: MonotonicClock
    private let signal: Signal
    private let settings: Settings
    private let telemetry: Telemetry
    private let log: WebhookLog
    private let permits: CallPermits

    package struct Settings: Sendable {
        package var schedule: RetrySchedule
        /// The limit for one call, from the connection to the last byte of the answer.
        package var timeout: Duration
        /// The most calls at a time.
        package var maxInFlight: Int
        /// Private, loopback and link-local ranges that may be called all the same, asked for at each call.
        package var allowed: @Sendable () -> [IPRange]
        /// How TLS is spoken with receivers and token servers, asked for at each call.
        package var trust: @Sendable () -> TLSTrust?

        package init(
            schedule: RetrySchedule = RetrySchedule(), timeout: Duration = .seconds(15), maxInFlight: Int = 128,
            allowed: @autoclosure @escaping @Sendable () -> [IPRange] = [],
            trust: @autoclosure @escaping @Sendable () -> TLSTrust? = nil
        ) {
            self.schedule = schedule
            self.timeout = timeout
            self.maxInFlight = maxInFlight
            self.allowed = allowed
            self.trust = trust
        }
    }

    /// - Parameter writers: the API that an owner's events are written in.
    package init(
        store: any CallQueue, client: HTTPClient, writers: @escaping @Sendable (Owner) -> any CallWriter,
        clock: any DomainClock, monotonic: MonotonicClock = .system, ids: ULIDGenerator, signal: Signal,
        settings: Settings, telemetry: Telemetry = .none, spans: Spans = .none, logger: Logger
    ) {
        self.store = store
        self.clock = clock
        self.monotonic = monotonic
        self.signal = signal
        self.settings = settings
        self.telemetry = telemetry
        caller = WebhookCaller(
            client: client, writers: writers, clock: clock, monotonic: monotonic, ids: ids, timeout: settings.timeout,
            allowed: settings.allowed, trust: settings.trust, telemetry: telemetry, spans: spans)
        log = WebhookLog(logger)
        permits = CallPermits(capacity: settings.maxInFlight, monotonic: monotonic)
    }

    package func run() async throws {
        var lastInVain: ContinuousClock.Instant?
        /// Calls that are answered and not recorded yet. When there are more of them than permits, each one beyond takes a
        /// permit.
        let recording = Atomic<Int>(0)
        await WorkLoop<CallClaim>(signal: signal, clock: clock).run { ongoing in
            let unrecorded = recording.load(ordering: .relaxed)
            let free = settings.maxInFlight - ongoing.count - max(unrecorded - settings.maxInFlight, 0)
            // An owner may already have all the calls that it may have, at a time or in this second: its new events raise
            // the signal, but no look finds them.
            if ongoing.count >= settings.maxInFlight / 2 || permits.pause != nil, let lastInVain,
                await !isOver(lastInVain)
            {
                return nil
            }
            guard free > 0, let found = await claim(upTo: free) else {
                return .init([], nextLook: clock.now() + .seconds(1))
            }
            lastInVain = found.claims.isEmpty ? monotonic.now : nil
            let now = clock.now()
            let nextLook = min(found.nextDue ?? .distantFuture, now + min(permits.pause ?? .seconds(1), .seconds(1)))
            return .init(found.claims, nextLook: max(nextLook, now + Self.shortestPause))
        } perform: { claim, makeRoom in
            // The answer is here, so others may be called while what came of this call is recorded.
            await notify(of: claim) { ending in
                recording.add(1, ordering: .relaxed)
                permits.end(claim.id, after: ending)
                makeRoom()
            }
            recording.subtract(1, ordering: .relaxed)
            signal.raise()
        }
    }

    /// The least time between two looks that find nothing, whatever time the store names for the next.
    private static let shortestPause = Duration.milliseconds(10)

    /// Waits until the pause after a look that found nothing is over; false where the gateway stops before.
    private func isOver(_ look: ContinuousClock.Instant) async -> Bool {
        do {
            try await monotonic.sleep(until: look + Self.shortestPause)
            return true
        } catch {
            return false
        }
    }

    /// Nil when the store did not answer.
    private func claim(upTo limit: Int) async -> CallClaims? {
        let now = clock.now()
        do {
            // Longer than a call and the record of its outcome can take.
            let request = permits.request(
                upTo: limit, leaseUntil: now + caller.longestTime + .seconds(60), receivers: caller.receivers)
            let found = try await store.claimCalls(request, now: now)
            permits.begin(found, for: request)
            // A look that finds nothing has written nothing.
            if !found.claims.isEmpty { log.storeAnswers() }
            return found
        } catch {
            log.storeFailed(error)
            return nil
        }
    }

    /// Makes one try for one event.
    ///
    /// - Parameter onAnswer: called when the call is over and only its outcome is left to be recorded, with what it says
    ///   about the receiver.
    func notify(of claim: CallClaim, onAnswer: (CallRequest.Share.Ending) -> Void = { _ in }) async {
        do {
            let attempt = try await caller.call(for: claim)
            let outcome = outcome(of: attempt.result, for: claim)
            log.record(attempt.result, outcome, of: claim, to: attempt.receiver)
            telemetry.notified(WebhookOutcome(outcome))
            log.logger.debug("A webhook was called", metadata: claim.metadata.with("outcome", "\(outcome)"))
            onAnswer(attempt.ending)
            return await record(outcome, of: claim)
        } catch let failure as StoreFailure where failure.mayPass {
            // The event's lease ends and it is claimed again.
            log.storeFailed(failure)
        } catch {
            // The event's lease ends and it is claimed again: the promise is "at least once".
            log.logger.error(
                "A webhook could not be called; it is called again", metadata: claim.metadata.with("error", "\(error)"))
        }
        onAnswer(.silent)
    }

    /// Tries to record the receiver's answer for as long as the lease lasts, so that an outage of the store causes no
    /// second call.
    private func record(_ outcome: CallResult, of claim: CallClaim) async {
        let end = await Self.patience.keep(by: clock) { failure in
            if (failure as? StoreFailure)?.mayPass ?? true { log.storeFailed(failure) }
        } _: {
            try await store.record(outcome, of: claim.id, now: clock.now())
        }
        guard case .givenUp(let failure as StoreFailure) = end, !failure.mayPass else { return }
        log.logger.error(
            "The outcome of a webhook could not be recorded; it is called again",
            metadata: claim.metadata.with("error", "\(failure)"))
    }

    /// How long recording is tried: the time that the lease has left after the call, less the longest wait for the
    /// store.
    private static let patience = StorePatience(time: .seconds(45))

    private func outcome(of result: WebhookResult, for claim: CallClaim) -> CallResult {
        switch result {
        case .heard: return .heard
        case .refused(let reason): return .givenUp(reason: reason)
        case .notNow(let reason), .unsendable(let reason):
            guard let pause = settings.schedule.pause(afterTries: claim.tries + 1) else {
                return .givenUp(reason: reason)
            }
            return .again(at: clock.now() + pause, reason: reason)
        }
    }
}

extension CallClaim {
    /// The keys that say in the log which event a line is about.
    var metadata: Logger.Metadata {
        let subject: Logger.Metadata =
            switch event.subject {
            case .message(let message, let batch): ["batch": "\(batch.id)", "message": "\(message.id)"]
            case .end(let batch): ["batch": "\(batch.id)"]
            case .inbound(let inbound): ["inbound": "\(inbound.id)"]
            case .notice(let notice): ["notice": "\(notice.name)"]
            }
        return subject.with("customer", "\(event.owner.name)").with(event.trace)
    }
}

extension WebhookOutcome {
    fileprivate init(_ outcome: CallResult) {
        self =
            switch outcome {
            case .heard: .heard
            case .again: .again
            case .givenUp: .dropped
            }
    }
}
