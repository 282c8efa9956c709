/// What became of messages, as their customers ask for it.
package protocol FateReader: Sendable {
    /// The messages of a batch counted by state, without MessageIDs; with the recipients in the order of the batch when
    /// they are wanted.
    ///
    /// - Parameter reader: the customer who asks, who shares reads with the others; nil for what the gateway itself
    ///   needs.
    func tallies(
        of batch: Batch.ID, withRecipients: Bool, for reader: Owner?
    ) async throws(StoreFailure) -> [Tally]
    func message(to recipient: MSISDN, in batch: Batch.ID, for reader: Owner?) async throws(StoreFailure) -> Message?
    /// Final messages, the newest first.
    func finished(
        of owner: Owner, matching filter: FinishedFilter, page: Page
    ) async throws(StoreFailure) -> Paged<FinishedMessage>
}

extension FateReader {
    /// For what the gateway itself needs.
    package func tallies(of batch: Batch.ID, withRecipients: Bool) async throws(StoreFailure) -> [Tally] {
        try await tallies(of: batch, withRecipients: withRecipients, for: nil)
    }

    /// For what the gateway itself needs.
    package func message(to recipient: MSISDN, in batch: Batch.ID) async throws(StoreFailure) -> Message? {
        try await message(to: recipient, in: batch, for: nil)
    }
}

/// How many messages of a batch are in one state.
package struct Tally: Sendable, Equatable {
    package let state: MessageState
    package let count: Int
    /// In the order of the batch; empty when only counts were asked for.
    package let recipients: [MSISDN]

    package init(state: MessageState, count: Int, recipients: [MSISDN] = []) {
        self.state = state
        self.count = count
        self.recipients = recipients
    }
}
