import FoundationEssentials
import GatewayCore

/// An event that was claimed, before what it is about is read.
struct ClaimedEvent: Sendable {
    let event: Event
    let tries: Int
    let receiver: String
}

extension Row {
    /// Reads `id`, `batch`, `inbound`, `created_at`, `tries`, then the message as it was; NULLs for the end of a
    /// batch and for what came in.
    mutating func claimedEvent(receivers: [Event.ID: String]) throws(SQLiteError) -> ClaimedEvent {
        let number = try integer()
        let batch = try optionalID()
        let inbound = try optionalID()
        let createdAt = try time()
        let tries = try integer()
        var ahead = self
        let kind: Event.Kind
        if let batch {
            kind = ahead.optionalText() == nil ? .batchFinished(batch) : .messageChanged(try message(in: batch))
        } else {
            kind = .inboundReceived(try present(inbound))
        }
        let event = Event(id: Event.ID(number), kind: kind, createdAt: createdAt)
        return ClaimedEvent(
            event: event, tries: tries, receiver: receivers[event.id] ?? "")
    }

    /// Reads the columns of `message()` without the batch.
    private mutating func message(in batch: Batch.ID) throws(SQLiteError) -> Message {
        Message(
            id: try id(), batch: batch, recipient: try recipient(), carriers: try optionalCarriers(),
            state: try state(),
            changedAt: try time(), attempts: try integer(), networkTime: optionalTime(), statusText: optionalPeerText())
    }
}
