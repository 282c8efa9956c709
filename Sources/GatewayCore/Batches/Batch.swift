package import FoundationEssentials

/// One POST: the same content for one or many recipients. Each recipient's copy is a `Message`.
package struct Batch: Sendable, Equatable, Identifiable {
    package typealias ID = ULID

    package let id: ID
    package let owner: Owner
    /// The members of `to` as the customer gave them, numbers normalised.
    package var recipients: [String]
    package var originator: Originator
    /// Whether the originator is the plan's default because the request named none.
    package var isOriginatorDefault: Bool
    package var content: Content
    package var parameters: Parameters
    package var reporting: Reporting
    package var callbackURL: String?
    package var clientReference: String?
    package var isFeedbackEnabled: Bool
    /// As the customer gave it; nil when the request did not have the member.
    package var strictValidation: Bool?
    package let createdAt: Date
    package var modifiedAt: Date
    /// When to begin, if the customer said so. In the past means at once.
    package var sendAt: Date?
    /// After this moment nothing of the batch is sent any more.
    package var expireAt: Date
    package var isCanceled: Bool

    package init(
        id: ID, owner: Owner, recipients: [String], originator: Originator, isOriginatorDefault: Bool = false,
        content: Content, parameters: Parameters = Parameters(), reporting: Reporting = .none,
        callbackURL: String? = nil, clientReference: String? = nil, isFeedbackEnabled: Bool = false,
        strictValidation: Bool? = nil, createdAt: Date, modifiedAt: Date? = nil, sendAt: Date? = nil, expireAt: Date,
        isCanceled: Bool = false
    ) {
        self.id = id
        self.owner = owner
        self.recipients = recipients
        self.originator = originator
        self.isOriginatorDefault = isOriginatorDefault
        self.content = content
        self.parameters = parameters
        self.reporting = reporting
        self.callbackURL = callbackURL
        self.clientReference = clientReference
        self.isFeedbackEnabled = isFeedbackEnabled
        self.strictValidation = strictValidation
        self.createdAt = createdAt
        self.modifiedAt = modifiedAt ?? createdAt
        self.sendAt = sendAt
        self.expireAt = expireAt
        self.isCanceled = isCanceled
    }

    /// When the first message may leave.
    package var beginsAt: Date { max(sendAt ?? createdAt, createdAt) }

    /// What the recipients see.
    package struct Content: Sendable, Hashable {
        /// At most 80 characters.
        package var subject: String?
        /// At most 2,000 characters; may hold `${key}` placeholders.
        package var text: String?
        /// Where the picture, video or card is fetched from.
        package var mediaURL: String

        package init(subject: String? = nil, text: String? = nil, mediaURL: String) {
            self.subject = subject
            self.text = text
            self.mediaURL = mediaURL
        }
    }

    /// Which webhook calls the customer wants for the batch.
    package enum Reporting: String, Sendable, CaseIterable {
        case none
        /// One call when every message is final, counts alone.
        case summary
        /// One call when every message is final, with the recipients.
        case full
        /// One call per change of a message's status.
        case perRecipient = "per_recipient"
        /// One call per message, at its final status.
        case perRecipientFinal = "per_recipient_final"
    }
}
