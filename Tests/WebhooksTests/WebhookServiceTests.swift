import CurlHTTP
import Doubles
import Foundation
import GatewayCore
import IPRanges
import Logging
import Synchronization
import Telemetry
import Testing

@testable import Webhooks

@Suite("One try to tell an event")
struct WebhookServiceTests {
    /// Nobody listens there.
    private static let closedPort = "http://127.0.0.1:1/calls"

    private let now = Date(milliseconds: 1_790_000_000_000)
    private let client: HTTPClient

    init() throws {
        client = try HTTPClient()
    }

    private func service(
        _ store: EventStore, clock: (any DomainClock)? = nil, telemetry: Telemetry = .none,
        logger: Logger = LogLines().logger,
        _ call: @escaping @Sendable (Notice) throws -> WebhookCall?
    ) throws -> WebhookService {
        let loopback = try #require(IPRange("127.0.0.0/8"))
        return WebhookService(
            store: store, client: client, writers: { _ in Writer(write: call) },
            clock: clock ?? StoppedClock(time: now),
            ids: ULIDGenerator(), bell: Doorbell(),
            settings: .init(
                schedule: RetrySchedule(firstDelay: .seconds(5), lastDelay: .seconds(20)), allowed: [loopback]),
            telemetry: telemetry, logger: logger)
    }

    private func claim(tries: Int = 0, interest: Interest = .endSummary) throws -> EventClaim {
        let order = Order(
            to: ["15550100001"], from: try #require(Originator("12025550100")),
            content: Content(media: [.init(url: "https://media.example/picture.jpg")]),
            expireAt: now + .seconds(3600), interest: interest)
        let batch = Batch(order, id: ULID(high: 1, low: 0), owner: .servicePlan("plan1"), createdAt: now)
        return EventClaim(
            event: Event(id: 7, kind: .batchFinished(batch.id), createdAt: now), subject: .end(batch), tries: tries)
    }

    @Test("an event of a customer without an address is kept for a later try")
    func noAddress() async throws {
        let store = EventStore()

        try await service(store) { _ in nil }.notify(of: claim())

        let reason: PeerText = "the customer has no callback address"
        #expect(await store.offered == [.again(at: now + .seconds(5), reason: reason)])
    }

    @Test("a receiver that is not there is called again by the schedule")
    func unreachable() async throws {
        let store = EventStore()

        try await service(store) { _ in WebhookCall(url: Self.closedPort, body: []) }
            .notify(of: claim(tries: 1))

        guard case .again(let time, _) = try #require(await store.offered.first) else {
            Issue.record("it was not kept for a later try")
            return
        }
        #expect(time == now + .seconds(5))
    }

    @Test("at the end of the schedule an event is dropped")
    func endOfSchedule() async throws {
        let store = EventStore()

        try await service(store) { _ in nil }.notify(of: claim(tries: 3))

        #expect(await store.offered == [.droppedAfter(reason: "the customer has no callback address")])
    }

    @Test("an event that we cannot send is kept for a later try, and nothing is sent")
    func noURL() async throws {
        let store = EventStore()

        try await service(store) { _ in WebhookCall(url: "ftp://customer.example", body: []) }.notify(of: claim())

        guard case .again(let time, _) = try #require(await store.offered.first) else {
            Issue.record("it was not kept for a later try")
            return
        }
        #expect(time == now + .seconds(5))
        #expect(client.statistics.requests == 0)
    }

    @Test("the operator hears where a call went that was given up, and why")
    func told() async throws {
        let lines = LogLines(from: .info)
        let service = try service(EventStore(), logger: lines.logger) { _ in
            WebhookCall(url: Self.closedPort + "?key=very-secret", body: [])
        }

        await service.notify(of: try claim(tries: 3))
        await service.notify(of: try claim(tries: 3))

        #expect(lines.all.count == 1)
        #expect(lines.texts.first?.contains("receiver=http://127.0.0.1:1") == true, "\(lines.texts)")
        #expect(lines.texts.first?.contains("reason=") == true)
        #expect(lines.texts.first?.contains("secret") == false)
    }

    @Test("each try is counted by what came of it, and timed where a call was made")
    func metrics() async throws {
        let prometheus = Prometheus(Metric.descriptions)
        let telemetry = Telemetry(prometheus)

        try await service(EventStore(), telemetry: telemetry) { _ in nil }.notify(of: claim())
        try await service(EventStore(), telemetry: telemetry) { _ in WebhookCall(url: Self.closedPort, body: []) }
            .notify(of: claim(tries: 3))

        let lines = prometheus.render().split(separator: "\n")
        #expect(lines.contains(#"mm7_webhook_calls_total{outcome="again"} 1"#))
        #expect(lines.contains(#"mm7_webhook_calls_total{outcome="dropped"} 1"#))
        #expect(lines.contains("mm7_webhook_seconds_count 1"))
    }

    @Test("an outcome that the store does not take is offered again every second, without a second call")
    func recordFails() async throws {
        let failures = [StoreFailure.unavailable("disk full"), .unavailable("database locked")]
        let store = EventStore(failingToRecord: failures)
        let clock = HastyClock(at: now)

        try await service(store, clock: clock) { _ in nil }.notify(of: claim())

        #expect(await store.offered.count == 3)
        #expect(await store.kept.count == 1)
        #expect(clock.sleeps == [now + .seconds(1), now + .seconds(1)])
    }

    @Test(
        "an outcome that the store will never take is left to the end of the lease",
        arguments: [StoreFailure.broken("x"), .closed])
    func recordGivenUp(failure: StoreFailure) async throws {
        let store = EventStore(failingToRecord: [failure])

        try await service(store) { _ in nil }.notify(of: claim())

        #expect(await store.offered.count == 1)
        #expect(await store.kept.isEmpty)
    }

    @Test("no outcome is offered beyond the end of the lease")
    func recordFailsForLong() async throws {
        let store = EventStore(failingToRecord: Array(repeating: .unavailable("disk full"), count: 100))

        try await service(store, clock: MovingClock(at: now)) { _ in nil }.notify(of: claim())

        #expect(await store.offered.count == 46)
    }

    @Test("an event that cannot be put into words is left to the end of the lease")
    func writerFails() async throws {
        let store = EventStore()

        try await service(store) { _ in throw NoWords() }.notify(of: claim())

        #expect(await store.offered.isEmpty)
    }

    @Test("the end of a batch is not told while its messages cannot be counted")
    func talliesFail() async throws {
        let store = EventStore(failingToCount: .unavailable("database locked"))

        try await service(store) { _ in nil }.notify(of: claim())

        #expect(await store.offered.isEmpty)
    }

    @Test(
        "the end of a batch is told with recipients where the customer asked for them",
        arguments: [(Interest.endSummary, 0), (.endFull, 1)])
    func recipients(interest: Interest, count: Int) async throws {
        let store = EventStore()
        let (notices, announce) = AsyncStream<Notice>.makeStream()

        try await service(store) { notice in
            announce.yield(notice)
            announce.finish()
            return nil
        }.notify(of: claim(interest: interest))

        var told: Notice?
        for await notice in notices { told = notice }
        guard case .end(_, let tallies) = told else { throw NoWords() }
        #expect(tallies.map(\.count) == [1])
        #expect(tallies.flatMap(\.recipients).count == count)
    }
}

private struct NoWords: Error {}

private struct Writer: NoticeWriter {
    let write: @Sendable (Notice) throws -> WebhookCall?

    func call(for notice: Notice) throws -> WebhookCall? { try write(notice) }
    func address(of owner: Owner) -> String? { nil }
}

private struct StoppedClock: DomainClock {
    let time: Date

    func now() -> Date { time }
    func sleep(until deadline: Date) async throws { Issue.record("nothing of a try sleeps") }
}

/// A clock on which every sleep is over at once, and has lasted its time.
private final class MovingClock: DomainClock {
    private let time: Mutex<Date>

    init(at time: Date) { self.time = Mutex(time) }

    func now() -> Date { time.withLock { $0 } }
    func sleep(until deadline: Date) async throws { time.withLock { $0 = max($0, deadline) } }
}

/// A store that keeps what came of an event, or fails; every batch has one message, and it was delivered.
private actor EventStore: StoreDouble {
    /// What the store was asked to keep.
    private(set) var offered: [TellingOutcome] = []
    private(set) var kept: [TellingOutcome] = []
    private var failuresToRecord: ArraySlice<StoreFailure>
    private let failureToCount: StoreFailure?

    /// - Parameter failingToRecord: of the first calls, in order.
    init(failingToRecord: [StoreFailure] = [], failingToCount: StoreFailure? = nil) {
        failuresToRecord = failingToRecord[...]
        failureToCount = failingToCount
    }

    func tallies(of batch: Batch.ID, withRecipients: Bool, for reader: Owner?) throws(StoreFailure) -> [Tally] {
        if let failureToCount { throw failureToCount }
        let recipients = withRecipients ? [MSISDN(storedDigits: "15550100001")] : []
        return [Tally(state: .delivered, count: 1, recipients: recipients)]
    }

    func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) throws(StoreFailure) {
        offered.append(outcome)
        if let failure = failuresToRecord.popFirst() { throw failure }
        kept.append(outcome)
    }
}
