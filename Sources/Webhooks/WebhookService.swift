package import CurlHTTP
import FoundationEssentials
package import GatewayCore
package import IPRanges
package import Logging
import ServiceLifecycle
import WorkLoop

/// Tells customers what happened, until they have heard it or the schedule ends.
package struct WebhookService: Service {
    private let store: any Store
    private let client: HTTPClient
    private let writers: @Sendable (Owner) -> any NoticeWriter
    private let clock: any WallClock
    private let ids: ULIDGenerator
    private let bell: Doorbell
    private let settings: Settings
    private let logger: Logger

    package struct Settings: Sendable {
        package var schedule: RetrySchedule
        /// For one call, from the connection to the last byte of the answer.
        package var timeout: Duration
        /// Calls at a time.
        package var maxInFlight: Int
        /// Private, loopback and link-local ranges that may be called all the same.
        package var allowed: [IPRange]

        package init(
            schedule: RetrySchedule = RetrySchedule(), timeout: Duration = .seconds(15), maxInFlight: Int = 64,
            allowed: [IPRange] = []
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
        clock: any WallClock, ids: ULIDGenerator, bell: Doorbell, settings: Settings, logger: Logger
    ) {
        self.store = store
        self.client = client
        self.writers = writers
        self.clock = clock
        self.ids = ids
        self.bell = bell
        self.settings = settings
        self.logger = logger
    }

    package func run() async throws {
        await WorkLoop<EventClaim>(bell: bell, clock: clock).run { ongoing in
            let free = settings.maxInFlight - ongoing.count
            guard free > 0, let claims = await claim(upTo: free) else {
                return .init([], nextLook: clock.now() + .seconds(1))
            }
            return .init(claims, nextLook: claims.isEmpty ? await nextDue() : clock.now() + .seconds(1))
        } perform: { claim in
            await tell(claim)
        }
    }

    /// When to look again: in a second, or at the time the next event is due.
    private func nextDue() async -> Date {
        let now = clock.now()
        // A store that stopped answering between the claim and this is told of by the next claim.
        guard let due = try? await store.nextEventDue() else { return now + .seconds(1) }
        return max(min(due, now + .seconds(1)), now + Self.shortestPause)
    }

    /// Between two looks that find nothing, whatever the store says of the next.
    private static let shortestPause = Duration.milliseconds(10)

    /// Nil when the store did not answer.
    private func claim(upTo limit: Int) async -> [EventClaim]? {
        let now = clock.now()
        do {
            // Longer than a call can last, time for its record included.
            let lease = settings.timeout + .seconds(60)
            return try await store.claimEvents(limit: limit, now: now, leaseUntil: now + lease)
        } catch {
            logger.error("The store does not answer; webhooks wait", metadata: ["error": "\(error)"])
            return nil
        }
    }

    /// One try for one event.
    func tell(_ claim: EventClaim) async {
        do {
            let outcome = outcome(of: try await call(for: claim), for: claim)
            logger.debug(
                "A webhook was called", metadata: ["batch": "\(claim.batch.id)", "outcome": "\(outcome)"])
            try await store.record(outcome, of: claim.event.id, now: clock.now())
        } catch {
            // The event's lease ends and it is told again: at least once is the promise.
            logger.error(
                "A webhook could not be called, or the outcome not be recorded; it is called again",
                metadata: ["batch": "\(claim.batch.id)", "error": "\(error)"])
        }
    }

    private func call(for claim: EventClaim) async throws -> Hearing {
        let notice = Notice(event: claim.event, batch: claim.batch, tallies: try await tallies(for: claim))
        guard let call = try writers(claim.batch.owner).call(for: notice) else {
            // A reload may have taken the plan away by mistake and the next may bring it back.
            return .notNow(reason: "the customer has no callback address")
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
        request.addressPolicy = .publicOnly(allowing: settings.allowed)
        do {
            return Hearing(status: try await client.send(request).status)
        } catch {
            return Hearing(error)
        }
    }

    private func tallies(for claim: EventClaim) async throws(StoreFailure) -> [Tally] {
        guard claim.event.kind == .batchFinished else { return [] }
        return try await store.tallies(of: claim.batch.id, withRecipients: claim.batch.reporting == .full)
    }

    private func outcome(of hearing: Hearing, for claim: EventClaim) -> TellingOutcome {
        let now = clock.now()
        switch hearing {
        case .heard: return .heard
        case .refused(let reason): return .droppedAfter(reason: reason)
        case .notNow(let reason):
            let next = settings.schedule.next(
                afterTries: claim.tries + 1, firstTriedAt: claim.firstTriedAt ?? now, now: now)
            return next.map { .again(at: $0, reason: reason) } ?? .droppedAfter(reason: reason)
        }
    }
}
