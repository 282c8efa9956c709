import FoundationEssentials
import GatewayCore

/// An event that was claimed, before its batch is read.
struct ClaimedEvent: Sendable {
    let event: Event
    let tries: Int
    let firstTriedAt: Date?
}

extension Row {
    /// Reads `id`, `batch`, `created_at`, `tries`, `first_tried_at`, then the message as it was; NULLs for the end of
    /// a batch.
    mutating func claimedEvent() throws(SQLiteError) -> ClaimedEvent {
        let number = try integer()
        let batch = try id()
        let createdAt = try time()
        let tries = try integer()
        let firstTriedAt = optionalTime()
        var ahead = self
        let kind: Event.Kind = ahead.optionalText() == nil ? .batchFinished : .messageChanged(try message(in: batch))
        let event = Event(id: Event.ID(number), batch: batch, kind: kind, createdAt: createdAt)
        return ClaimedEvent(event: event, tries: tries, firstTriedAt: firstTriedAt)
    }

    /// Reads the columns of `message()` without the batch.
    private mutating func message(in batch: Batch.ID) throws(SQLiteError) -> Message {
        Message(
            id: try id(), batch: batch, recipient: try recipient(), mmsc: optionalText(), state: try state(),
            changedAt: try time(), attempts: try integer(), networkTime: optionalTime(), statusText: optionalText())
    }
}
