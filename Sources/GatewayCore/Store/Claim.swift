package import FoundationEssentials

/// A worker's hold on a message that is due.
package struct Claim: Sendable, Equatable, Identifiable {
    package let message: Message.ID
    package let batch: Batch.ID
    /// Of the batch: an update in between is another content.
    package let revision: Int
    package let recipient: MSISDN
    package let mmsc: String
    /// The number of this SubmitReq for the message: 1 for the first.
    package let attempt: Int
    /// Whether an earlier SubmitReq may have arrived.
    package let isResend: Bool
    package let expireAt: Date

    package init(
        message: Message.ID, batch: Batch.ID, revision: Int = 0, recipient: MSISDN, mmsc: String, attempt: Int,
        isResend: Bool, expireAt: Date
    ) {
        self.message = message
        self.batch = batch
        self.revision = revision
        self.recipient = recipient
        self.mmsc = mmsc
        self.attempt = attempt
        self.isResend = isResend
        self.expireAt = expireAt
    }

    package var id: Message.ID { message }

    /// Of every SubmitReq for the message, also when one is repeated: an MMSC whose answer was lost can tell that it has
    /// the message already. (TS 23.140, 8.7.3)
    package var transactionID: String { message.description }
}

/// What became of a claim: the event for the message, and what to keep of the exchange.
package struct Outcome: Sendable, Equatable {
    package let event: MessageEvent
    /// When to try again, for the events that put the message back.
    package let dueAt: Date?
    /// The StatusCode of the answer, if one came.
    package let statusCode: Int?
    /// The MMSC's or libcurl's words.
    package var statusText: String?

    package init(_ event: MessageEvent, dueAt: Date? = nil, statusCode: Int? = nil, statusText: String? = nil) {
        self.event = event
        self.dueAt = dueAt
        self.statusCode = statusCode
        self.statusText = statusText
    }
}
