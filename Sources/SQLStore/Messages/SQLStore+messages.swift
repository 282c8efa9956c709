package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) async throws(StoreFailure) -> [Tally] {
        try await read(for: reader) { (snapshot) throws(SQLError) in
            withRecipients ? try snapshot.talliesWithRecipients(of: batch) : try snapshot.tallies(of: batch)
        }
    }

    package func message(
        to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?
    ) async throws(StoreFailure) -> Message? {
        try await read(for: reader) { (snapshot) throws(SQLError) in
            try snapshot.message(to: recipient, in: batch)
        }
    }

    private func read<Value: Sendable>(
        for reader: Owner?, _ body: @escaping @Sendable (Snapshot) throws(SQLError) -> Value
    ) async throws(StoreFailure) -> Value {
        guard let reader else { return try await readers.read(body) }
        return try await customerReads.read(for: reader, body)
    }

    package func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) async throws(StoreFailure) -> Paged<FinishedMessage> {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLError) in
            try snapshot.finished(of: owner, matching: filter, page: page)
        }
    }

    package func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> Int {
        let numbers = Set(recipients.map(\.digits))
        let (strangers, rest) = try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.driver.requireRoom()
            let strangers = numbers.isEmpty ? 0 : try transaction.strangers(to: batch, among: numbers)
            guard strangers == 0 else { return (strangers, String?.none) }
            let rest = try transaction.recordFeedback(on: batch, from: numbers, after: "", now: now)
            if rest == nil { try transaction.keep(answer) }
            return (0, rest)
        }
        // The answer is kept with the last slice: if the gateway stops between two slices, a repeated request notes all
        // of it again.
        try await writer.inSteps(from: rest) { (transaction, after) throws(SQLError) in
            let rest = try transaction.recordFeedback(on: batch, from: numbers, after: after, now: now)
            if rest == nil { try transaction.keep(answer) }
            return rest
        }
        return strangers
    }

    package func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int {
        guard parts.keepsHouse else { return 0 }
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.expire(limit: limit, now: now)
        }
    }

    package func openMessages() async throws(StoreFailure) -> [OpenMessages] {
        try await readers.read { (snapshot) throws(SQLError) in try snapshot.openMessages() }
    }
}
