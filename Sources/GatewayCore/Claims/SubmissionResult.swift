package import FoundationEssentials

/// What became of a claim: the event for its messages, and what to keep of the exchange.
package struct SubmissionResult: Sendable, Equatable {
    package let event: MessageEvent
    /// What happened to those messages that fared differently from the others: the MMSC took some of a SubmitReq's
    /// recipients.
    package var exceptions: [Message.ID: MessageEvent] = [:]
    /// When to try again, for the events that put a message back.
    package let dueAt: Date?
    /// Whether the SubmitReq counts against the limit of tries.
    package var isTry = true
    /// Whether the messages go one by one from now on, each under its own TransactionID, even where one before may have
    /// arrived: together they would get the same answer again.
    package var isSplit = false
    /// Whether anything of the SubmitReq may have arrived.
    package var isSent = false
    /// The StatusCode of the answer, if one came.
    package let statusCode: Int?
    /// What the customer may read: the MMSC's words, or a sentence of ours.
    package var statusText: PeerText?
    /// libcurl's words, for the history, where the customer reads a sentence of ours.
    package var words: PeerText?
    /// The beginning of an answer that is worth a look: any but a plain success.
    package var answer: String?

    package init(_ event: MessageEvent, dueAt: Date? = nil, statusCode: Int? = nil, statusText: PeerText? = nil) {
        self.event = event
        self.dueAt = dueAt
        self.statusCode = statusCode
        self.statusText = statusText
    }
}
