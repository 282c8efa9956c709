package import FoundationEssentials

/// One recipient's copy of a batch.
package struct Message: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    package let batch: Batch.ID
    package let recipient: MSISDN
    /// Who may carry it; nil when no route covers the number.
    package var carriers: Carriers?
    package var state: MessageState
    /// When it came into this state.
    package var changedAt: Date
    /// SubmitReqs begun so far.
    package var attempts: Int
    /// When the network says that the reported fate happened; nil before any report.
    package var networkTime: Date?
    /// What the MMSC said last, in its own words, or why it was never asked; never content, never a number.
    package var statusText: PeerText?

    package init(
        id: ID, batch: Batch.ID, recipient: MSISDN, carriers: Carriers?, state: MessageState, changedAt: Date,
        attempts: Int = 0, networkTime: Date? = nil, statusText: PeerText? = nil
    ) {
        self.id = id
        self.batch = batch
        self.recipient = recipient
        self.carriers = carriers
        self.state = state
        self.changedAt = changedAt
        self.attempts = attempts
        self.networkTime = networkTime
        self.statusText = statusText
    }
}
