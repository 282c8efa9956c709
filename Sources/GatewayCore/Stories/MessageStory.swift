package import FoundationEssentials

/// All that the store knows of one message.
package struct MessageStory: Sendable, Equatable {
    package var message: Message
    /// The MMSC that was given it last.
    package var mmsc: String?
    /// The MMSC's name for it, kept also after the final report.
    package var messageID: String?
    package var expireAt: Date
    /// When it is tried next; nil while it is held back, on its way or ended.
    package var dueAt: Date?
    /// The TransactionID of a SubmitReq that it shared with others; nil where it went by its own.
    package var sharedRequest: String?
    /// The recipients of that SubmitReq; the message's own recipient where it goes alone.
    package var recipientsOfRequest: [MSISDN]
    package var attempts: [Attempt] = []
    package var cancelAttempts: [CancelAttempt] = []
    package var reports: [Report] = []
    /// What the customer is notified of: the message and the end of its batch.
    package var notifications: [Notification] = []
    package var batch: Batch
    /// The media that are here, in the order of the batch's media.
    package var media: [StoredMedia]
    /// How far the batch is that waits for its media; nil for one that does not.
    package var mediaWait: MediaWait?
    /// What libcurl said of the last try for media that did not come; nil where it said nothing.
    package var mediaWords: PeerText?

    package init(
        message: Message, mmsc: String? = nil, messageID: String? = nil, expireAt: Date, dueAt: Date? = nil,
        sharedRequest: String? = nil, recipientsOfRequest: [MSISDN], batch: Batch, media: [StoredMedia],
        mediaWait: MediaWait? = nil, mediaWords: PeerText? = nil
    ) {
        self.message = message
        self.mmsc = mmsc
        self.messageID = messageID
        self.expireAt = expireAt
        self.dueAt = dueAt
        self.sharedRequest = sharedRequest
        self.recipientsOfRequest = recipientsOfRequest
        self.batch = batch
        self.media = media
        self.mediaWait = mediaWait
        self.mediaWords = mediaWords
    }

    /// One SubmitReq and what came of it.
    package struct Attempt: Sendable, Equatable {
        package var number: Int
        package var mmsc: String
        package var endedAt: Date
        /// What the history calls it, as `postponed`.
        package var event: String
        package var statusCode: Int?
        package var statusText: PeerText?
        /// Whether one before it may have arrived.
        package var isResend: Bool
        /// The beginning of the answer as it came, where that was more than a plain success.
        package var answer: String?

        package init(
            number: Int, mmsc: String, endedAt: Date, event: String, statusCode: Int? = nil,
            statusText: PeerText? = nil, isResend: Bool, answer: String? = nil
        ) {
            self.number = number
            self.mmsc = mmsc
            self.endedAt = endedAt
            self.event = event
            self.statusCode = statusCode
            self.statusText = statusText
            self.isResend = isResend
            self.answer = answer
        }
    }

    /// One CancelReq and what came of it.
    package struct CancelAttempt: Sendable, Equatable {
        package var number: Int
        package var endedAt: Date
        /// What the history calls it: `withdrawn`, `stays` or `again`.
        package var outcome: String
        package var reason: PeerText?

        package init(
            number: Int, endedAt: Date, outcome: String, reason: PeerText? = nil
        ) {
            self.number = number
            self.endedAt = endedAt
            self.outcome = outcome
            self.reason = reason
        }
    }

    /// One DeliveryReportReq.
    package struct Report: Sendable, Equatable {
        package var receivedAt: Date
        /// MMStatus as the MMSC wrote it.
        package var status: PeerText
        package var statusText: PeerText?
        /// When it happened, by the MMSC's clock.
        package var happenedAt: Date?

        package init(
            receivedAt: Date, status: PeerText, statusText: PeerText? = nil, happenedAt: Date? = nil
        ) {
            self.receivedAt = receivedAt
            self.status = status
            self.statusText = statusText
            self.happenedAt = happenedAt
        }
    }

    /// One event on its way to one target.
    package struct Notification: Sendable, Equatable {
        /// When it happened.
        package var createdAt: Date
        /// The message's state; nil for the end of the batch, and for what came in.
        package var state: MessageState?
        package var call: Call

        package init(
            createdAt: Date, state: MessageState? = nil, call: Call
        ) {
            self.createdAt = createdAt
            self.state = state
            self.call = call
        }
    }
}
