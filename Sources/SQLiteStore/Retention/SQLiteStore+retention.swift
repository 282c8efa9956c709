package import FoundationEssentials
package import GatewayCore

extension SQLiteStore: RetentionStore {
    package func remove(
        _ kind: KeptKind, endedBefore before: Date, after cursor: RemovalCursor?, within budget: Duration
    ) async throws(StoreFailure) -> RemovalStep {
        let found = try await removable(kind, endedBefore: before, after: cursor)
        // Answers are few, and found by the statement that removes them.
        guard kind == .answers || !found.items.isEmpty else {
            var step = RemovalStep()
            step.next = found.next
            return step
        }
        let (step, end) = try await writer.write { (transaction) throws(SQLiteError) in
            let start = ContinuousClock.now
            let deadline = start + budget
            var step =
                kind == .answers
                ? try transaction.removeAnswers(keptBefore: before, until: deadline)
                : try transaction.remove(found, endedBefore: before, until: deadline)
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
        try await readers.read { (snapshot) throws(SQLiteError) in
            switch kind {
            case .answers: Removable(after: cursor)
            case .events: try snapshot.removableEvents(endedBefore: before, after: cursor)
            case .attempts: try snapshot.removableAttempts(endedBefore: before, after: cursor)
            case .batches: try snapshot.removableBatches(endedBefore: before, after: cursor)
            }
        }
    }

    package func keptSpan() async throws(StoreFailure) -> KeptSpan {
        try await readers.read { (snapshot) throws(SQLiteError) in try snapshot.keptSpan() }
    }
}
