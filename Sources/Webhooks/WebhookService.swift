package import CurlHTTP
import FoundationEssentials
package import GatewayCore
package import IPRanges
package import Logging
import ServiceLifecycle
package import Telemetry
import WorkLoop

/// Tells customers what happened, until they have heard it or the schedule ends.
package struct WebhookService: Service {
    private let store: any Store
    private let client: HTTPClient
    private let writers: @Sendable (Owner) -> any NoticeWriter
    private let clock: any DomainClock
    private let ids: ULIDGenerator
    private let bell: Doorbell
    private let settings: Settings
    private let telemetry: Telemetry
    private let logger: Logger
    private let outage = OutageWatch()
    private let alarm: WebhookAlarm
    private let turns: WebhookTurns

    package struct Settings: Sendable {
        package var schedule: RetrySchedule
        /// For one call, from the connection to the last byte of the answer.
        package var timeout: Duration
        /// Calls at a time.
        package var maxInFlight: Int
        /// Private, loopback and link-local ranges that may be called all the same, asked for at each call.
        package var allowed: @Sendable () -> [IPRange]

        package init(
            schedule: RetrySchedule = RetrySchedule(), timeout: Duration = .seconds(15), maxInFlight: Int = 128,
            allowed: @autoclosure @escaping @Sendable () -> [IPRange] = []
        ) {
            self.schedule = schedule
            self.timeout = timeout
            self.maxInFlight = maxInFlight
            self.allowed = allowed
        }
    }

    /// - Parameter writers: the API that an owner's events are told in.
    package init(
        store: any Store, client: HTTPClient, writers: @escaping @Sendable (Owner) -> any NoticeWriter,
        clock: any DomainClock, ids: ULIDGenerator, bell: Doorbell, settings: Settings, telemetry: Telemetry = .none,
        logger: Logger
    ) {
        self.store = store
        self.client = client
        self.writers = writers
        self.clock = clock
        self.ids = ids
        self.bell = bell
        self.settings = settings
        self.telemetry = telemetry
        self.logger = logger
        alarm = WebhookAlarm(logger: logger)
        turns = WebhookTurns(capacity: settings.maxInFlight)
    }

    package func run() async throws {
        var lastInVain: ContinuousClock.Instant?
        await WorkLoop<EventClaim>(bell: bell, clock: clock).run { ongoing in
            let free = settings.maxInFlight - ongoing.count
            // Somebody may have all the calls that he may: his events ring, and no look finds them.
            if ongoing.count >= settings.maxInFlight / 2, let lastInVain, await !isOver(lastInVain) { return nil }
            guard free > 0, let found = await claim(upTo: free) else {
                return .init([], nextLook: clock.now() + .seconds(1))
            }
            lastInVain = found.claims.isEmpty ? .now : nil
            let now = clock.now()
            let nextLook = max(min(found.nextDue ?? .distantFuture, now + .seconds(1)), now + Self.shortestPause)
            return .init(found.claims, nextLook: nextLook)
        } perform: { claim in
            turns.end(claim.id, after: await tell(claim))
        }
    }

    /// Between two looks that find nothing, whatever the store says of the next.
    private static let shortestPause = Duration.milliseconds(10)

    /// Waits until the pause after a look that found nothing is over; false where the gateway stops before.
    private func isOver(_ look: ContinuousClock.Instant) async -> Bool {
        do {
            try await Task.sleep(until: look + Self.shortestPause, clock: .continuous)
            return true
        } catch {
            return false
        }
    }

    /// Nil when the store did not answer.
    private func claim(upTo limit: Int) async -> EventClaims? {
        let now = clock.now()
        do {
            // Longer than a call can last, time for its record included.
            let request = turns.request(upTo: limit, leaseUntil: now + settings.timeout + .seconds(60)) { owner in
                writers(owner).address(of: owner)
            }
            let found = try await store.claimEvents(request, now: now)
            turns.begin(found, for: request)
            // A look that finds nothing has written nothing.
            if !found.claims.isEmpty, let lasted = outage.succeeded() {
                logger.notice("The store answers again", metadata: ["outage_seconds": "\(Int(lasted.seconds))"])
            }
            return found
        } catch {
            tell(of: error)
            return nil
        }
    }

    private func tell(of failure: StoreFailure) {
        guard let untold = outage.failed() else { return }
        logger.error(
            "The store does not answer; webhooks wait",
            metadata: ["error": "\(failure)", "failures_before": "\(untold)"])
    }

    /// One try for one event; returns what it says of the receiver.
    @discardableResult
    func tell(_ claim: EventClaim) async -> EventRequest.Share.Ending {
        do {
            let (hearing, ending, receiver) = try await call(for: claim)
            let outcome = outcome(of: hearing, for: claim)
            alarm.note(hearing, outcome, of: claim, to: receiver)
            telemetry.told(WebhookOutcome(outcome))
            logger.debug(
                "A webhook was called", metadata: claim.metadata.with("outcome", outcome))
            await record(outcome, of: claim)
            return ending
        } catch let failure as StoreFailure where failure.mayPass {
            // The event's lease ends and it is told again.
            tell(of: failure)
        } catch {
            // The event's lease ends and it is told again: at least once is the promise.
            logger.error(
                "A webhook could not be called; it is called again",
                metadata: claim.metadata.with("error", error))
        }
        return .silent
    }

    /// Keeps what the customer said for as long as the lease lasts, so that an outage of the store is no second call.
    private func record(_ outcome: TellingOutcome, of claim: EventClaim) async {
        let end = clock.now() + Self.patience
        while true {
            do {
                return try await store.record(outcome, of: claim.event.id, now: clock.now())
            } catch {
                guard error.mayPass else {
                    return logger.error(
                        "The outcome of a webhook could not be recorded; it is called again",
                        metadata: claim.metadata.with("error", error))
                }
                tell(of: error)
                guard clock.now() < end else { return }
            }
            do {
                try await clock.sleep(until: clock.now() + Self.pauseOfStore)
            } catch {
                // The gateway is stopping.
                return
            }
        }
    }

    /// Between two tries to keep an outcome.
    private static let pauseOfStore = Duration.seconds(1)
    /// Shorter than what a lease has beyond the time of the call, by the longest wait for the store.
    private static let patience = Duration.seconds(45)

    private func call(for claim: EventClaim) async throws -> (Hearing, EventRequest.Share.Ending, WebServer?) {
        let notice = try await notice(of: claim.subject)
        guard let owner = claim.owner, let call = try writers(owner).call(for: notice) else {
            // A reload may have taken the plan away by mistake and the next may bring it back.
            return (.unsendable(reason: "the customer has no callback address"), .silent, nil)
        }
        var request = HTTPRequest(method: .post, url: call.url)
        request.headers = [(name: "Content-Type", value: "application/json")]
        request.credentials = call.credentials.login.map {
            BasicCredentials(username: $0.username, password: $0.password.reveal())
        }
        for header in call.credentials.headers {
            request.headers.append(name: header.name, value: header.value.reveal())
        }
        if let secret = call.secret {
            let now = clock.now()
            let nonce = ids.next(at: now).description
            request.headers += Signature(of: call.body, secret: secret, nonce: nonce, at: now).headers
        }
        request.body = [call.body[...]]
        request.timeout = settings.timeout
        request.readsBody = false
        request.addressPolicy = .publicOnly(allowing: settings.allowed())
        let sinceCall = Stopwatch()
        defer { telemetry.webhookAnswered(after: sinceCall.elapsed) }
        let receiver = WebServer(of: call.url)
        do {
            return (Hearing(status: try await client.send(request).status), .answered, receiver)
        } catch {
            return (Hearing(error), .init(error, elapsed: sinceCall.elapsed, of: settings.timeout), receiver)
        }
    }

    private func notice(of subject: EventClaim.Subject) async throws(StoreFailure) -> Notice {
        switch subject {
        case .message(let message, let batch):
            return .message(message, batch)
        case .end(let batch):
            return .end(batch, try await store.tallies(of: batch.id, withRecipients: batch.reporting == .full))
        case .inbound(let inbound):
            return .inbound(inbound)
        }
    }

    private func outcome(of hearing: Hearing, for claim: EventClaim) -> TellingOutcome {
        switch hearing {
        case .heard: return .heard
        case .refused(let reason): return .droppedAfter(reason: reason)
        case .notNow(let reason), .unsendable(let reason):
            guard let pause = settings.schedule.pause(afterTries: claim.tries + 1) else {
                return .droppedAfter(reason: reason)
            }
            return .again(at: clock.now() + pause, reason: reason)
        }
    }
}

extension EventClaim {
    /// For logs: what it is about.
    fileprivate var metadata: Logger.Metadata {
        switch subject {
        case .message(_, let batch), .end(let batch): ["batch": "\(batch.id)"]
        case .inbound(let inbound): ["inbound": "\(inbound.id)"]
        }
    }
}

extension Logger.Metadata {
    fileprivate func with(_ key: String, _ value: any Sendable) -> Logger.Metadata {
        merging([key: "\(value)"]) { _, new in new }
    }
}

extension WebhookOutcome {
    fileprivate init(_ outcome: TellingOutcome) {
        self =
            switch outcome {
            case .heard: .heard
            case .again: .again
            case .droppedAfter: .dropped
            }
    }
}
