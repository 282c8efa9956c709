package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func remove(
        _ kind: KeptKind, endedBefore before: Date, after cursor: RemovalCursor?, within budget: Duration
    ) async throws(StoreFailure) -> RemovalStep {
        guard parts.keepsHouse else { return RemovalStep() }
        let found = try await removable(kind, endedBefore: before, after: cursor)
        // Answers are few, and found by the statement that removes them.
        guard kind == .answers || !found.items.isEmpty else {
            var step = RemovalStep()
            step.next = found.next
            return step
        }
        return try await measured(budget) { (transaction, deadline) throws(SQLError) in
            kind == .answers
                ? try transaction.removeAnswers(keptBefore: before, until: deadline)
                : try transaction.remove(found, endedBefore: before, until: deadline)
        }
    }

    package func measured(
        _ budget: Duration,
        _ work: @escaping @Sendable (Transaction, ContinuousClock.Instant) throws(SQLError) -> RemovalStep
    ) async throws(StoreFailure) -> RemovalStep {
        let (step, end) = try await writer.write { (transaction) throws(SQLError) in
            let start = ContinuousClock.now
            var step = try work(transaction, start + budget)
            let end = ContinuousClock.now
            step.work = end - start
            return (step, end)
        }
        var result = step
        result.commit = ContinuousClock.now - end
        return result
    }

    private func removable(
        _ kind: KeptKind, endedBefore before: Date, after cursor: RemovalCursor?
    ) async throws(StoreFailure) -> Removable {
        try await readers.read { (snapshot) throws(SQLError) in
            switch kind {
            case .answers: Removable(after: cursor)
            case .events: try snapshot.removableEvents(endedBefore: before, after: cursor)
            case .attempts: try snapshot.removableAttempts(endedBefore: before, after: cursor)
            case .batches: try snapshot.removableBatches(endedBefore: before, after: cursor)
            }
        }
    }

    package func keptSpan() async throws(StoreFailure) -> KeptSpan {
        try await readers.read { (snapshot) throws(SQLError) in try snapshot.keptSpan() }
    }
}
