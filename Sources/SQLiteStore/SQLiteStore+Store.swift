package import FoundationEssentials
package import GatewayCore

extension SQLiteStore: Store {
    // Customers

    package func insert(_ batch: Batch, messages: [Message]) async throws(StoreFailure) {
        let columns = try BatchColumns(batch)
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.insert(columns, messages: messages)
        }
    }

    package func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? {
        let batch = try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.batch(id) }
        return batch?.owner == owner ? batch : nil
    }

    package func tallies(of batch: Batch.ID, withRecipients: Bool) async throws(StoreFailure) -> [Tally] {
        try await readers.read { (snapshot) throws(SQLiteError) in
            withRecipients ? try snapshot.talliesWithRecipients(of: batch) : try snapshot.tallies(of: batch)
        }
    }

    package func message(to recipient: MSISDN, in batch: Batch.ID) async throws(StoreFailure) -> Message? {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.message(to: recipient, in: batch) }
    }

    // Media

    package func batchesWithoutMedia(
        limit: Int, now: Date, except: [Batch.ID]
    ) async throws(StoreFailure) -> [MediaTask] {
        try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.batchesWithoutMedia(limit: limit, now: now, except: Set(except))
        }
    }

    package func recordMedia(_ media: StoredMedia, for batch: Batch.ID, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(media, for: batch, now: now)
        }
    }

    package func postponeMedia(of batch: Batch.ID, until: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.postponeMedia(of: batch, until: until)
        }
    }

    package func abandon(
        _ batch: Batch.ID, because failure: MessageState.Failure, now: Date
    ) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.abandon(batch, because: failure, now: now)
        }
    }

    // Submission

    package func claimDue(
        at mmsc: String, limit: Int, now: Date, leaseUntil: Date
    ) async throws(StoreFailure) -> [Claim] {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.claimDue(at: mmsc, limit: limit, now: now, leaseUntil: leaseUntil)
        }
    }

    package func record(_ outcome: Outcome, of claim: Claim, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(outcome, of: claim, now: now)
        }
    }

    package func nextDue(at mmsc: String) async throws(StoreFailure) -> Date? {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.nextDue(at: mmsc) }
    }

    package func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, StoredMedia)? {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.content(of: batch) }
    }

    package func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.endLeases(until: now, except: ongoing, now: now)
        }
    }

    package func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.expire(limit: limit, now: now)
        }
    }

    // Reports

    package func apply(
        _ report: DeliveryReport, from mmsc: String, now: Date
    ) async throws(StoreFailure) -> ReportResult {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.apply(report, from: mmsc, now: now)
        }
    }

    package func settleUnreported(expiredBefore: Date, limit: Int, now: Date) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.settleUnreported(expiredBefore: expiredBefore, limit: limit, now: now)
        }
    }

    // Webhooks

    package func claimEvents(limit: Int, now: Date, leaseUntil: Date) async throws(StoreFailure) -> [EventClaim] {
        let events = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.claimEvents(limit: limit, now: now, leaseUntil: leaseUntil)
        }
        // The batches are large: they are read beside the writer, not on it.
        return try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.claims(of: events) }
    }

    package func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(outcome, of: event, now: now)
        }
    }

    package func nextEventDue() async throws(StoreFailure) -> Date? {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.nextEventDue() }
    }

    // Operation

    package func check() async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in try transaction.beat() }
    }
}
