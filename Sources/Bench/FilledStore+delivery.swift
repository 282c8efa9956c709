import FoundationEssentials
import GatewayCore
import SQLStore
import SQLiteStore

extension FilledStore {
    /// Fills a data directory with so many messages that were delivered and whose customer was notified, in batches of
    /// 1,000: one goes its way, the others are copies of it.
    static func fill(_ dataDirectory: String, delivered count: Int, pictureBytes: Int) async throws {
        let filling = try await FilledStore(dataDirectory: dataDirectory)
        let seed = try await filling.add(
            min(count, recipientsPerBatch), pictureBytes: pictureBytes, interest: .final,
            callbackURL: "http://127.0.0.1:9/mms")
        try await filling.submitAll()
        try await filling.deliverAll(min(count, recipientsPerBatch))
        await filling.store.close()
        guard let batch = seed.first else { return }
        try MultipliedBatch(batch, in: dataDirectory).make(count / recipientsPerBatch - 1)
    }

    /// Reports all messages that `submitAll` submitted as delivered, and has their customer notified.
    private func deliverAll(_ count: Int) async throws {
        let now = Date()
        for number in 0..<count {
            let digits = String(number + 10_000_000).dropFirst()
            let report = DeliveryReport(
                messageID: "m-\(digits)", recipient: "1555\(digits)", fate: .delivered, status: "Retrieved")
            _ = try await store.apply(report, from: Self.mmsc, now: now)
        }
        let share = CallRequest.Share(.webhookCalls, capacity: 1_000)
        let request = CallRequest(limit: 500, share: share, leaseUntil: now + .seconds(60))
        while case let claims = try await store.claimCalls(request, now: now).claims, !claims.isEmpty {
            for claim in claims { try await store.record(.heard, of: claim.id, now: now) }
        }
    }
}
