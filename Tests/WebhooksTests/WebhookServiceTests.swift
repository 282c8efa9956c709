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
        _ call: @escaping @Sendable (Event, _ target: String) throws -> WebhookCall?
    ) throws -> WebhookService {
        let loopback = try #require(IPRange("127.0.0.0/8"))
        return WebhookService(
            store: store, client: client, writers: { _ in Writer(write: call) },
            clock: clock ?? StoppedClock(time: now),
            ids: ULIDGenerator(), signal: Signal(),
            settings: .init(
                schedule: RetrySchedule(firstDelay: .seconds(5), lastDelay: .seconds(20)), allowed: [loopback]),
            telemetry: telemetry, logger: logger)
    }

    private func claim(tries: Int = 0, interest: Interest = .endSummary) throws -> CallClaim {
        let order = Order(
            to: ["15550100001"], from: try #require(Originator("12025550100")),
            content: Content(media: [.init(url: "https://media.example/picture.jpg")]),
            expireAt: now + .seconds(3600), interest: interest)
        let batch = Batch(order, id: ULID(high: 1, low: 0), owner: .servicePlan("plan1"), createdAt: now)
        return CallClaim(
            event: Event(id: 7, owner: batch.owner, subject: .end(batch), createdAt: now), target: "", tries: tries)
    }

    @Test("an event of a customer without an address is kept for a later try")
    func noAddress() async throws {
        let store = EventStore()

        try await service(store) { _, _ in nil }.notify(of: claim())

        let reason: PeerText = "the customer has no callback address"
        #expect(await store.offered == [.again(at: now + .seconds(5), reason: reason)])
    }

    @Test("a receiver that is not there is called again by the schedule")
    func unreachable() async throws {
        let store = EventStore()

        try await service(store) { _, _ in WebhookCall(url: Self.closedPort, body: []) }
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

        try await service(store) { _, _ in nil }.notify(of: claim(tries: 3))

        #expect(await store.offered == [.givenUp(reason: "the customer has no callback address")])
    }

    @Test("an event that we cannot send is kept for a later try, and nothing is sent")
    func noURL() async throws {
        let store = EventStore()

        try await service(store) { _, _ in WebhookCall(url: "ftp://customer.example", body: []) }.notify(of: claim())

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
        let service = try service(EventStore(), logger: lines.logger) { _, _ in
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

        try await service(EventStore(), telemetry: telemetry) { _, _ in nil }.notify(of: claim())
        try await service(EventStore(), telemetry: telemetry) { _, _ in WebhookCall(url: Self.closedPort, body: []) }
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

        try await service(store, clock: clock) { _, _ in nil }.notify(of: claim())

        #expect(await store.offered.count == 3)
        #expect(await store.kept.count == 1)
        #expect(clock.sleeps == [now + .seconds(1), now + .seconds(1)])
    }

    @Test(
        "an outcome that the store will never take is left to the end of the lease",
        arguments: [StoreFailure.broken("x"), .closed])
    func recordGivenUp(failure: StoreFailure) async throws {
        let store = EventStore(failingToRecord: [failure])

        try await service(store) { _, _ in nil }.notify(of: claim())

        #expect(await store.offered.count == 1)
        #expect(await store.kept.isEmpty)
    }

    @Test("no outcome is offered beyond the end of the lease")
    func recordFailsForLong() async throws {
        let store = EventStore(failingToRecord: Array(repeating: .unavailable("disk full"), count: 100))

        try await service(store, clock: MovingClock(at: now)) { _, _ in nil }.notify(of: claim())

        #expect(await store.offered.count == 46)
    }

    @Test("an event that cannot be put into words is left to the end of the lease")
    func writerFails() async throws {
        let store = EventStore()

        try await service(store) { _, _ in throw NoWords() }.notify(of: claim())

        #expect(await store.offered.isEmpty)
    }

    @Test("an event whose words the store does not give for now is left to the end of the lease")
    func storeFails() async throws {
        let store = EventStore()

        try await service(store) { _, _ in throw StoreFailure.unavailable("database locked") }.notify(of: claim())

        #expect(await store.offered.isEmpty)
    }

    @Test("the writer is asked for the event that was claimed, and for its target")
    func asked() async throws {
        let claim = try claim()
        let asked = Asked()

        _ = try await service(EventStore()) { event, target in
            asked.last.withLock { $0 = (event, target) }
            return nil
        }.notify(of: CallClaim(event: claim.event, target: "orders"))

        #expect(asked.last.withLock(\.self)?.event == claim.event)
        #expect(asked.last.withLock(\.self)?.target == "orders")
    }
}

/// What a writer was asked for last.
private final class Asked: Sendable {
    let last = Mutex<(event: Event, target: String)?>(nil)
}

private struct NoWords: Error {}

private struct Writer: CallWriter {
    let write: @Sendable (Event, _ target: String) throws -> WebhookCall?

    func address(of target: String, of owner: Owner) -> String? { nil }
    func body(of event: Event, to target: String) throws -> WebhookCall? { try write(event, target) }
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

/// A store that keeps what came of a call, or fails.
private actor EventStore: CallQueue {
    /// What the store was asked to keep.
    private(set) var offered: [CallResult] = []
    private(set) var kept: [CallResult] = []
    private var failuresToRecord: ArraySlice<StoreFailure>

    /// - Parameter failingToRecord: of the first calls, in order.
    init(failingToRecord: [StoreFailure] = []) {
        failuresToRecord = failingToRecord[...]
    }

    func claimCalls(_ request: CallRequest, now: Date) throws(StoreFailure) -> CallClaims { throw .closed }

    func record(_ outcome: CallResult, of call: Call.ID, now: Date) throws(StoreFailure) {
        offered.append(outcome)
        if let failure = failuresToRecord.popFirst() { throw failure }
        kept.append(outcome)
    }
}
