package import FoundationEssentials

/// A message with all that decides what becomes of it next.
package struct StoredMessage: Sendable, Equatable, Identifiable {
    package let id: Message.ID
    package let batch: Batch.ID
    /// The digits of the number.
    package let recipient: String
    package var carriers: Carriers?
    /// The MMSC that was given it last.
    package let mmsc: String?
    package var state: MessageState
    /// The MMSC's name for it, kept also after the final report.
    package var messageID: String?
    /// SubmitReqs begun so far.
    package var attempts: Int
    /// Whether an MMSC may have it by a SubmitReq that was not answered.
    package var mayHaveArrived: Bool
    /// The TransactionID of a SubmitReq with other messages, which has to be repeated as it was.
    package var sharedRequest: String?
    package let subscription: Subscription
    /// Whether the batch was cancelled while this message was on its way.
    package let isWithdrawn: Bool
    /// The end of the claim that is in force; nil where none is.
    package let leaseUntil: Date?

    package init(
        id: Message.ID, batch: Batch.ID, recipient: String, carriers: Carriers?, mmsc: String?, state: MessageState,
        messageID: String? = nil, attempts: Int, mayHaveArrived: Bool = false, sharedRequest: String? = nil,
        subscription: Subscription, isWithdrawn: Bool = false, leaseUntil: Date? = nil
    ) {
        self.id = id
        self.batch = batch
        self.recipient = recipient
        self.carriers = carriers
        self.mmsc = mmsc
        self.state = state
        self.messageID = messageID
        self.attempts = attempts
        self.mayHaveArrived = mayHaveArrived
        self.sharedRequest = sharedRequest
        self.subscription = subscription
        self.isWithdrawn = isWithdrawn
        self.leaseUntil = leaseUntil
    }
}
