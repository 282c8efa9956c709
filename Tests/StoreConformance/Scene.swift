import Doubles
package import Foundation
package import GatewayCore
import Synchronization
import Testing

/// An open store with batches at hand, and short words for the way to a state.
package struct Scene: Sendable {
    package let store: any Store
    package let signals: WorkSignals
    package let targets: Targets
    private let place: StorePlace?
    private let ids = ULIDGenerator()

    package static let owner = Owner.servicePlan("plan1")
    package static let picture = StoredMedia(
        hash: String(repeating: "ab", count: 32), contentType: "image/jpeg", byteCount: 81_234)
    /// Numbers of +1 go north, those of +44 south, those of +33 west and else south; there is no way to others.
    package static let routes = Routes([
        .init(prefix: "1", mmscs: ["north"]), .init(prefix: "44", mmscs: ["south"]),
        .init(prefix: "33", mmscs: ["west", "south"]),
    ])

    package init(store: any Store, signals: WorkSignals) {
        (self.store, self.signals) = (store, signals)
        targets = Targets()
        place = nil
    }

    /// Opens the store of a place.
    init(opening place: StorePlace, at now: Date = .start, targets: Targets = Targets()) async throws(StoreFailure) {
        signals = WorkSignals()
        store = try await place.open(now, signals, targets.of)
        self.targets = targets
        self.place = place
    }

    /// The store as the next process finds it at that time, after this one has closed it. The caller closes it.
    func reopened(at now: Date = .start) async throws -> Scene {
        await store.close()
        return try await Scene(opening: try #require(place), at: now, targets: targets)
    }

    /// Routes members of groups as everybody else.
    package var expansion: Expansion { Expansion(routes: Self.routes, ids: ids) }

    package func id() -> ULID { ids.next(at: .start) }

    package func submittal(
        to numbers: [String], of owner: Owner = Self.owner, interest: Interest = [],
        media: String? = "https://media.example.net/cat.jpg"
    ) throws -> Submittal {
        try submittal(to: numbers, of: owner, interest: interest, media: media.map { [$0] } ?? [])
    }

    package func submittal(
        to numbers: [String], of owner: Owner = Self.owner, interest: Interest = [], media: [String]
    ) throws -> Submittal {
        let order = Order(
            to: numbers, from: try #require(Originator("12025550100")),
            content: Content(text: "hello", media: media.map { Content.Medium(url: $0) }),
            expireAt: Order.defaultEnd(sendAt: nil, now: .start), interest: interest)
        return Submittal(order, of: owner, numbers: try numbers.map { try #require(MSISDN($0)) })
    }

    /// A batch that is in the store and waits for its media.
    @discardableResult
    package func inserted(
        to numbers: [String], of owner: Owner = Self.owner, parameters: Parameters = Parameters(),
        interest: Interest = [], sendAt: Date? = nil, expireAt: Date? = nil,
        media: String? = "https://media.example.net/cat.jpg"
    ) async throws -> Batch {
        var submittal = try submittal(to: numbers, of: owner, interest: interest, media: media)
        submittal.order.parameters = parameters
        submittal.order.sendAt = sendAt
        submittal.order.expireAt = expireAt ?? Order.defaultEnd(sendAt: sendAt, now: .start)
        let (batch, messages) = submittal.accepted(now: .start, expansion: Expansion(routes: Self.routes, ids: ids))
        try await store.insert(batch, messages: messages)
        return batch
    }

    /// A batch whose messages are due.
    @discardableResult
    package func due(
        to numbers: [String], of owner: Owner = Self.owner, parameters: Parameters = Parameters(),
        interest: Interest = [], expireAt: Date? = nil
    ) async throws -> Batch {
        let batch = try await inserted(
            to: numbers, of: owner, parameters: parameters, interest: interest, expireAt: expireAt)
        try await store.recordMedia(Self.picture, for: batch.id, now: .start)
        return batch
    }

    /// Claims at `north` for a minute.
    package func claims(limit: Int = 100, now: Date = .start, leaseUntil: Date? = nil) async throws -> [Claim] {
        try await store.claims(limit: limit, now: now, leaseUntil: leaseUntil).claims
    }

    /// The claim of the one message that is due at `north`.
    package func claim(now: Date = .start) async throws -> Claim {
        let claims = try await claims(now: now)
        try #require(claims.count == 1)
        return claims[0]
    }

    /// A batch of one message that the MMSC has taken as `M1`.
    @discardableResult
    package func submitted(
        to number: String = "12025550101", interest: Interest = [], expireAt: Date? = nil
    ) async throws -> Batch {
        let batch = try await due(to: [number], interest: interest, expireAt: expireAt)
        try await store.record(SubmissionResult(.accepted(messageID: "M1")), of: claim(), now: .start)
        return batch
    }

    package func message(to number: String = "12025550101", in batch: Batch) async throws -> Message {
        let recipient = try #require(MSISDN(number))
        return try #require(try await store.message(to: recipient, in: batch.id))
    }

    /// Every event that is due, claimed for a minute.
    package func events(now: Date = .start) async throws -> [CallClaim] {
        try await store.claimCalls(limit: 1000, now: now, leaseUntil: now + .seconds(60))
    }

    /// The states that due events tell, in the order in which they are heard; nil stands for the end of a batch.
    package func toldStates(now: Date = .start) async throws -> [MessageState?] {
        try await heardEvents(now: now).map(\.message?.state)
    }

    /// All events that are due, each heard before the next of its message.
    package func heardEvents(now: Date = .start) async throws -> [CallClaim] {
        var heard: [CallClaim] = []
        while case let claims = try await events(now: now), !claims.isEmpty {
            for claim in claims { try await store.record(.heard, of: claim.id, now: now) }
            heard += claims
        }
        return heard
    }
}

extension Date {
    /// When the tests begin.
    package static let start = Date(milliseconds: 1_800_000_000_000)
}

extension DeliveryReport {
    package static func delivered(
        _ messageID: String = "M1", to recipient: String? = "12025550101", at time: Date? = nil, text: PeerText? = nil
    ) -> DeliveryReport {
        DeliveryReport(
            messageID: messageID, recipient: recipient, fate: .delivered, status: "Retrieved", statusText: text,
            at: time)
    }
}

extension StoreFailure {
    package var isBroken: Bool { if case .broken = self { true } else { false } }

    package var isUnavailable: Bool { if case .unavailable = self { true } else { false } }

    package var text: String {
        switch self {
        case .unavailable(let text), .uncertain(let text), .broken(let text), .busy(let text): text
        case .closed: ""
        }
    }
}

/// Says whether somebody wanted to sleep, and lets nobody.
private final class SleeplessClock: DomainClock {
    private let asked = Atomic<Bool>(false)

    var wasAsked: Bool { asked.load(ordering: .relaxed) }

    func now() -> Date { .start }

    func sleep(until deadline: Date) async throws { asked.store(true, ordering: .relaxed) }
}

/// Whether the signal was raised since it was last asked: a wait for it then needs no sleep.
package func wasRaised(_ signal: Signal) async -> Bool {
    let clock = SleeplessClock()
    await signal.wait(until: .start, clock: clock)
    return !clock.wasAsked
}
