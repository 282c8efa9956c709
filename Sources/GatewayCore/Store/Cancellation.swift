package import FoundationEssentials

/// A worker's hold on what one CancelReq takes back: all messages that the MMSC knows under one MessageID.
package struct Cancellation: Sendable, Equatable, Identifiable {
    package let mmsc: String
    /// Of the SubmitRsp.
    package let messageID: String
    /// Whom the SubmitReq named as its sender.
    package let originator: Originator?
    /// Those of its SubmitReq that are not final.
    package let messages: [Message.ID]
    /// CancelReqs begun so far, this one included.
    package let tries: Int
    /// Of this CancelReq, and of one that repeats it. (TS 23.140, 8.7.3)
    package let transactionID: String

    /// - Parameter messages: one at least.
    package init(
        mmsc: String, messageID: String, originator: Originator? = nil, messages: [Message.ID], tries: Int
    ) {
        self.mmsc = mmsc
        self.messageID = messageID
        self.originator = originator
        self.messages = messages
        self.tries = tries
        transactionID = "\(messages.min().map(String.init(describing:)) ?? messageID)-cancel"
    }

    package var id: String { messageID }
}

/// What to keep of a CancelReq.
package enum CancellationOutcome: Sendable, Equatable {
    /// The MMSC took the messages back.
    case withdrawn
    /// It did not and will not: their reports decide.
    case stays
    /// Nobody knows, or not now: it is sent again then.
    case again(at: Date)
    /// Nothing was sent. That was no try.
    case released
}
