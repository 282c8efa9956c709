import FoundationEssentials
import GatewayCore
import SQLStore
import SQLiteStore
import Synchronization

/// Messages that go their whole way in a store without HTTP: taken under an Idempotency-Key, with their media, submitted,
/// delivered, and their customer notified of both.
final class SimulatedTraffic: Sendable {
    private let store: SQLiteStore
    private let owner: Owner
    private let ids = ULIDGenerator()
    private let routes = Routes([.init(prefix: "", mmscs: [FilledStore.mmsc])])
    private let count = Atomic<Int>(0)

    /// As many at once as one commit has jobs for.
    private static let together = 128
    private static let picture = StoredMedia(
        hash: String(repeating: "ab", count: 32), contentType: "image/jpeg", byteCount: 30_000)

    init(store: SQLiteStore, owner: Owner) {
        self.store = store
        self.owner = owner
    }

    /// Passes so many messages, each a batch of its own.
    func pass(_ messages: Int, at now: Date) async throws {
        for first in stride(from: 0, to: messages, by: Self.together) {
            try await each(Array(first..<min(first + Self.together, messages))) { _ in try await self.insert(at: now) }
            let claims = try await store.claimDue(
                ClaimRequest(
                    mmsc: FilledStore.mmsc, limit: Self.together, available: [FilledStore.mmsc], now: now,
                    leaseUntil: now + .seconds(60))
            ).claims
            try await each(claims) { claim in
                let answer = SubmissionResult(.accepted(messageID: "m-\(claim.first.message)"), statusCode: 1000)
                try await self.store.record(answer, of: claim, now: now)
            }
            try await call(at: now)
            try await each(claims) { claim in
                let report = DeliveryReport(
                    messageID: "m-\(claim.first.message)", recipient: claim.first.recipient.digits, fate: .delivered,
                    status: "Retrieved")
                _ = try await self.store.apply(report, from: FilledStore.mmsc, now: now + .seconds(60))
            }
            try await call(at: now + .seconds(60))
        }
    }

    private func insert(at now: Date) async throws {
        let number =
            "1555\(String(10_000_000 + count.wrappingAdd(1, ordering: .relaxed).newValue % 10_000_000).dropFirst())"
        guard let originator = Originator("12025550100"), let recipient = MSISDN(number) else { return }
        let expansion = Expansion(routes: routes, ids: ids)
        let order = Order(
            to: [number], from: originator,
            content: Content(text: "Hello", media: [.init(url: "https://media.example.net/picture.jpg")]),
            expireAt: Order.defaultEnd(sendAt: nil, now: now), callbackURL: "https://app.example.net/mms",
            reference: "order-\(number)", interest: [.submitted, .final])
        let (batch, messages) = Submittal(order, of: owner, numbers: [recipient]).accepted(
            now: now, expansion: expansion)
        let answer = KeptAnswer(
            owner: owner, key: "\(batch.id)", request: Self.picture.hash, status: 201,
            body: Array(#"{"id":"\#(batch.id)","to":["\#(number)"]}"#.utf8), at: now)
        _ = try await store.insert(batch, messages: messages, expansion: expansion, keeping: answer, queueLimit: nil)
        try await store.recordMedia(Self.picture, number: 0, for: batch.id, revision: 0, expansion: expansion, now: now)
    }

    private func call(at now: Date) async throws {
        while true {
            let share = CallRequest.Share(.webhookCalls, capacity: 4 * Self.together)
            let request = CallRequest(limit: 2 * Self.together, share: share, leaseUntil: now + .seconds(60))
            let claims = try await store.claimCalls(request, now: now).claims
            guard !claims.isEmpty else { return }
            try await each(claims) { try await self.store.record(.heard, of: $0.id, now: now) }
        }
    }

    private func each<Element: Sendable>(
        _ elements: [Element], _ work: @escaping @Sendable (Element) async throws -> Void
    ) async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for element in elements { group.addTask { try await work(element) } }
        }
    }
}
