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
