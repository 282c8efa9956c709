package import FoundationEssentials

/// The answer to a request that carried an Idempotency-Key: a repeat within a day gets it again.
package struct KeptAnswer: Sendable, Equatable {
    package let owner: Owner
    package let key: String
    /// SHA-256 of what was asked for, in hexadecimal digits.
    package let request: String
    /// Of HTTP.
    package let status: Int
    package let body: [UInt8]
    package let at: Date

    package init(owner: Owner, key: String, request: String, status: Int, body: [UInt8], at: Date) {
        self.owner = owner
        self.key = key
        self.request = request
        self.status = status
        self.body = body
        self.at = at
    }

    /// How long an answer is kept.
    package static let life = Duration.seconds(24 * 3600)
}

/// What came of taking a batch.
package enum InsertResult: Sendable, Equatable {
    case inserted
    /// The answer that the same key got before; nothing was written.
    case answered(KeptAnswer)
    /// So many messages wait that no more are taken.
    case queueFull
}

/// What came of changing a batch.
package enum ReplaceResult: Sendable, Equatable {
    case replaced
    /// A message of it has been handed over or is on its way, or none is left to change.
    case dispatched
    /// Somebody else changed it in between.
    case outdated
    case noSuchBatch
    case queueFull
}

/// How the members of groups become messages: named, and routed to an MMSC.
package struct Expansion: Sendable {
    package let routes: Routes
    package let ids: ULIDGenerator
    /// Messages of one batch at most, groups included.
    package let limit: Int

    package init(routes: Routes, ids: ULIDGenerator, limit: Int = Expansion.limit) {
        self.routes = routes
        self.ids = ids
        self.limit = limit
    }

    /// Messages side by side: their identifiers are one block.
    package func messages(to numbers: [MSISDN], of batch: Batch.ID, now: Date) -> [Message] {
        zip(ids.next(numbers.count, at: now), numbers).map { id, number in
            let carriers = routes.carriers(for: number)
            return Message(
                id: id, batch: batch, recipient: number, carriers: carriers,
                state: carriers == nil ? .aborted(.unroutable) : .queued, changedAt: now)
        }
    }

    /// Messages of one batch at most, groups included.
    package static let limit = 100_000
}
