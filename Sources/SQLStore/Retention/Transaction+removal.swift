import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Removes items until the time is over, at least one.
    ///
    /// - Returns: what was removed, and the place behind the last item that is done; nil where all of them are.
    func remove(
        _ found: Removable, endedBefore before: Date, until deadline: ContinuousClock.Instant
    ) throws(SQLError) -> RemovalStep {
        var step = RemovalStep()
        var last: RemovalCursor?
        for (item, cursor) in found.items {
            guard try remove(item, endedBefore: before, until: deadline, &step) else {
                // The next look begins with this item.
                step.next = last ?? found.start ?? RemovalCursor("")
                return step
            }
            last = cursor
            if ContinuousClock.now >= deadline {
                step.next = cursor
                return step
            }
        }
        step.next = found.next
        return step
    }

    /// - Returns: whether the item is done.
    private func remove(
        _ item: Removable.Item, endedBefore before: Date, until deadline: ContinuousClock.Instant,
        _ step: inout RemovalStep
    ) throws(SQLError) -> Bool {
        switch item {
        case .batch(let id, let messages):
            if try connection.run(RemovalQuery.dropBatch, [":batch": .text(id), ":before": .time(before)]) > 0 {
                step.removed += 1
                step.messages += messages
            }
        case .largeBatch(let id):
            return try removeInParts(id, until: deadline, &step)
        case .event(let id):
            step.removed += try connection.run(
                RemovalQuery.dropEvent, [":event": .integer(id), ":before": .time(before)])
        case .attempts(let message):
            for query in [RemovalQuery.dropAttempts, .dropCancelAttempts, .dropReports] {
                step.removed += try connection.run(query, [":message": .text(message), ":before": .time(before)])
            }
        }
        return true
    }

    /// Removes parts of a batch until the time is over, and the batch itself with the last of them.
    ///
    /// - Returns: whether nothing more can be done: it is gone, somebody is still to be notified of something, or it
    ///   has open messages.
    private func removeInParts(
        _ batch: String, until deadline: ContinuousClock.Instant, _ step: inout RemovalStep
    ) throws(SQLError) -> Bool {
        try connection.write(RemovalQuery.mark, [":batch": .text(batch)])
        // What was over at the look may be open now: the parts below ask no more.
        guard try connection.isBeingRemoved(batch) else { return true }
        let part: Bindings = [":batch": .text(batch), ":limit": .integer(Removable.small)]
        while try connection.run(RemovalQuery.dropEventsOfBatch, part) > 0 {
            if ContinuousClock.now >= deadline { return false }
        }
        while case let count = try connection.run(RemovalQuery.dropMessages, part), count > 0 {
            step.messages += count
            if ContinuousClock.now >= deadline { return false }
        }
        step.removed += try connection.run(RemovalQuery.dropEmptyBatch, [":batch": .text(batch)])
        return true
    }

    /// Removes answers until the time is over.
    func removeAnswers(
        keptBefore before: Date, until deadline: ContinuousClock.Instant
    ) throws(SQLError) -> RemovalStep {
        var step = RemovalStep()
        while case let count = try connection.run(
            RemovalQuery.dropAnswers, [":before": .time(before), ":limit": .integer(Removable.small)]), count > 0
        {
            step.removed += count
            guard ContinuousClock.now >= deadline else { continue }
            step.next = RemovalCursor("")
            break
        }
        return step
    }
}
