package import FoundationEssentials
package import GatewayCore
import Synchronization

extension SQLiteStore: Store {
    // Batches

    package func insert(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, queueLimit: Int?
    ) async throws(StoreFailure) -> InsertResult {
        let columns = try BatchColumns(batch)
        let (result, rest) = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.insert(
                columns, messages: messages, expansion: expansion, keeping: answer, queueLimit: queueLimit)
        }
        await addMembers(of: batch.id, revision: batch.revision, from: rest, by: expansion, now: batch.createdAt)
        return result
    }

    package func batch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? {
        try await batchRow(id, of: owner)?.whole()
    }

    package func storedBatch(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> StoredBatch? {
        try await batchRow(id, of: owner)?.stored()
    }

    package func batchWithoutParameters(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> Batch? {
        let row = try await customerReads.read(for: owner) { (snapshot) throws(SQLiteError) in
            try snapshot.batchWithoutParameters(id)
        }
        return row?.owner == owner ? try row?.stored().batch : nil
    }

    private func batchRow(_ id: Batch.ID, of owner: Owner) async throws(StoreFailure) -> BatchRow? {
        let row = try await customerReads.read(for: owner) { (snapshot) throws(SQLiteError) in try snapshot.batch(id) }
        return row?.owner == owner ? row : nil
    }

    package func batches(
        of owner: Owner, matching filter: BatchFilter, page: Page
    ) async throws(StoreFailure) -> Paged<StoredBatch> {
        let rows = try await customerReads.read(for: owner) { (snapshot) throws(SQLiteError) in
            try snapshot.batches(of: owner, matching: filter, page: page)
        }
        var batches: [StoredBatch] = []
        for row in rows.elements { batches.append(try row.stored()) }
        return Paged(count: rows.count, elements: batches)
    }

    package func replace(
        _ batch: Batch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) async throws(StoreFailure) -> ReplaceResult {
        let columns = try BatchColumns(batch)
        let (result, rest) = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.replace(
                columns, messages: messages, expansion: expansion, keeping: answer, now: now, queueLimit: queueLimit)
        }
        await addMembers(of: batch.id, revision: batch.revision + 1, from: rest, by: expansion, now: now)
        return result
    }

    package func cancel(_ id: Batch.ID, of owner: Owner, now: Date) async throws(StoreFailure) -> StoredBatch? {
        let (isKnown, rest) = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.cancel(id, of: owner, now: now)
        }
        try await withdraw(id, after: rest, now: now)
        return isKnown ? try await storedBatch(id, of: owner) : nil
    }

    package func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) async throws(StoreFailure) -> [Tally] {
        try await read(for: reader) { (snapshot) throws(SQLiteError) in
            withRecipients ? try snapshot.talliesWithRecipients(of: batch) : try snapshot.tallies(of: batch)
        }
    }

    package func message(
        to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?
    ) async throws(StoreFailure) -> Message? {
        try await read(for: reader) { (snapshot) throws(SQLiteError) in
            try snapshot.message(to: recipient, in: batch)
        }
    }

    private func read<Value: Sendable>(
        for reader: Owner?, _ body: @escaping @Sendable (Snapshot) throws(SQLiteError) -> Value
    ) async throws(StoreFailure) -> Value {
        guard let reader else { return try await readers.read(body) }
        return try await customerReads.read(for: reader, body)
    }

    package func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) async throws(StoreFailure) -> Paged<FinishedMessage> {
        try await customerReads.read(for: owner) { (snapshot) throws(SQLiteError) in
            try snapshot.finished(of: owner, matching: filter, page: page)
        }
    }

    package func recordFeedback(
        on batch: Batch.ID, from recipients: [MSISDN], keeping answer: KeptAnswer?, now: Date
    ) async throws(StoreFailure) -> Int {
        let numbers = Set(recipients.map(\.digits))
        let (strangers, rest) = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.connection.requireRoom()
            let strangers = numbers.isEmpty ? 0 : try transaction.strangers(to: batch, among: numbers)
            guard strangers == 0 else { return (strangers, String?.none) }
            let rest = try transaction.recordFeedback(on: batch, from: numbers, after: "", now: now)
            if rest == nil { try transaction.keep(answer) }
            return (0, rest)
        }
        // The answer is kept with the last slice: a repeat after a stop between two notes all of it again.
        try await writer.inSteps(from: rest) { (transaction, after) throws(SQLiteError) in
            let rest = try transaction.recordFeedback(on: batch, from: numbers, after: after, now: now)
            if rest == nil { try transaction.keep(answer) }
            return rest
        }
        return strangers
    }

    package func setTags(
        _ tags: [String], of batch: Batch.ID, of owner: Owner, keeping answer: KeptAnswer?
    ) async throws(StoreFailure) -> Bool {
        let tags = try JSONColumn.text(tags)
        return try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.connection.requireRoom()
            let owner = try transaction.number(of: owner)
            let bindings: Bindings = [":tags": .text(tags), ":id": .id(batch), ":owner": .integer(owner)]
            let isSet = try transaction.connection.run(BatchQuery.setTags, bindings) == 1
            if isSet { try transaction.keep(answer) }
            return isSet
        }
    }

    package func keptAnswer(
        to key: String, of owner: Owner, now: Date
    ) async throws(StoreFailure) -> KeptAnswer? {
        let isClockSettled = writer.isClockSettled()
        return try await customerReads.read(for: owner) { (snapshot) throws(SQLiteError) in
            guard let number = try snapshot.connection.number(of: owner) else { return nil }
            let since = try snapshot.connection.beginning(
                of: KeptAnswer.life, endingAt: now, isClockSettled: isClockSettled)
            return try snapshot.connection.keptAnswer(to: key, of: owner, number: number, since: since)
        }
    }

    package func keep(_ answer: KeptAnswer) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.keep(answer)
        }
    }

    // Media

    package func batchesWithoutMedia(_ request: MediaRequest) async throws(StoreFailure) -> MediaTasks {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.batchesWithoutMedia(request) }
    }

    package func recordMedia(
        _ media: StoredMedia?, for batch: Batch.ID, revision: Int, expansion: Expansion, now: Date
    ) async throws(StoreFailure) {
        try await writer.inSteps(from: PreparationPlace.beginning) { (transaction, place) throws(SQLiteError) in
            try transaction.record(
                media, for: batch, revision: revision, expansion: expansion, from: place, now: now)
        }
    }

    package func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.postponeMedia(
                of: batch, revision: revision, until: until, because: reason, isTry: isTry, now: now)
        }
    }

    package func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, reason: MediaReason?,
        expansion: Expansion, now: Date
    ) async throws(StoreFailure) {
        try await writer.inSteps(from: PreparationPlace.beginning) { (transaction, place) throws(SQLiteError) in
            try transaction.abandon(
                batch, revision: revision, because: failure, reason: reason, expansion: expansion, from: place, now: now
            )
        }
    }

    // Submission

    package func claimDue(_ request: ClaimRequest) async throws(StoreFailure) -> Claims {
        try await writer.write { (transaction) throws(SQLiteError) in try transaction.claimDue(request) }
    }

    package func record(_ outcome: Outcome, of claim: Claim, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(outcome, of: claim, now: now)
        }
    }

    package func content(of batch: Batch.ID) async throws(StoreFailure) -> (Batch, StoredMedia?)? {
        let content = try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.content(of: batch) }
        guard let (row, media) = content else { return nil }
        return (try row.whole(), media)
    }

    package func endLeases(except ongoing: Set<Message.ID>, now: Date) async throws(StoreFailure) -> Int {
        try await withdrawTheRest(now: now)
        return try await writer.write { (transaction) throws(SQLiteError) in
            if transaction.isClockSettled() {
                try transaction.connection.run(TransactionQuery.keepTime, [":now": .time(now)])
            } else {
                // The time is not kept, and yet the database goes on.
                try transaction.beat()
            }
            return try transaction.endLeases(until: now, except: ongoing, now: now)
        }
    }

    package func expire(limit: Int, now: Date) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.expire(limit: limit, now: now)
        }
    }

    package func endWaits(begunAfter now: Date, limit: Int) async throws(StoreFailure) -> Int {
        // What is worked on is left alone.
        let last = longestLeases.withLock { $0.ends(from: now) }
        return try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.endWaits(begunAfter: now, last: last, limit: limit)
        }
    }

    package func reroute(
        from place: WaitingPlace?, limit: Int, routes: Routes, isGone: @escaping @Sendable (String) -> Bool
    ) async throws(StoreFailure) -> WaitingPlace? {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.reroute(from: place, limit: limit, routes: routes, isGone: isGone)
        }
    }

    package func waitingCarriers() async throws(StoreFailure) -> [Carriers] {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.connection.waitingCarriers() }
    }

    package func openMessages() async throws(StoreFailure) -> [OpenMessages] {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.openMessages() }
    }

    // Cancellation

    package func claimCancellations(
        _ request: CancellationRequest
    ) async throws(StoreFailure) -> [Cancellation] {
        longestLeases.withLock { $0.note(\.cancellations, request.leaseUntil.since(request.now)) }
        return try await writer.write { (transaction) throws(SQLiteError) in try transaction.claimCancellations(request)
        }
    }

    package func record(
        _ outcome: CancellationOutcome, because reason: PeerText?, of cancellation: Cancellation, now: Date
    ) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(outcome, because: reason, of: cancellation, now: now)
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

    package func claimEvents(_ request: EventRequest, now: Date) async throws(StoreFailure) -> EventClaims {
        longestLeases.withLock { $0.note(\.events, request.leaseUntil.since(now)) }
        // The look goes far and the batches are large: both are read beside the writer, not on it.
        let due = try await readers.read { (snapshot) throws(SQLiteError) in
            try snapshot.dueEvents(for: request, now: now)
        }
        guard !due.receivers.isEmpty else { return EventClaims([], nextDue: due.nextDue, places: due.places) }
        let claimed = try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.claimEvents(due.receivers, until: request.leaseUntil, now: now)
        }
        let claims = try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.claims(of: claimed) }
        return EventClaims(claims, nextDue: due.nextDue, places: due.places)
    }

    package func record(_ outcome: TellingOutcome, of event: Event.ID, now: Date) async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.record(outcome, of: event, now: now)
        }
    }

    // Operation

    package func check() async throws(StoreFailure) {
        try await writer.write { (transaction) throws(SQLiteError) in
            try transaction.connection.requireRoom()
            try transaction.beat()
        }
    }
}
