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
    /// Labels of older clients; they mean nothing here.
    package var tags: [String]
    /// Rises with every update and replacement: who has an older one does not know the batch as it is.
    package var revision: Int

    package init(
        id: ID, owner: Owner, recipients: [String], originator: Originator, isOriginatorDefault: Bool = false,
        content: Content, parameters: Parameters = Parameters(), reporting: Reporting = .none,
        callbackURL: String? = nil, clientReference: String? = nil, isFeedbackEnabled: Bool = false,
        strictValidation: Bool? = nil, createdAt: Date, modifiedAt: Date? = nil, sendAt: Date? = nil, expireAt: Date,
        isCanceled: Bool = false, tags: [String] = [], revision: Int = 0
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
        self.tags = tags
        self.revision = revision
    }

    /// When the first message may leave.
    package var beginsAt: Date { max(sendAt ?? createdAt, createdAt) }

    /// The groups among the recipients.
    package var groups: [Group.ID] { recipients.groupIDs }

    /// What the recipients see.
    package struct Content: Sendable, Hashable {
        /// At most 80 characters.
        package var subject: String?
        /// Whether `${key}` placeholders of the subject are filled in too.
        package var isSubjectTemplate: Bool
        /// At most 2,000 characters; may hold `${key}` placeholders.
        package var text: String?
        /// Where the picture, video or card is fetched from; nil for a text that travels alone.
        package var mediaURL: String?
        /// What was said of a text that travels alone; nil for media.
        package var textOptions: TextOptions?

        package init(
            subject: String? = nil, isSubjectTemplate: Bool = false, text: String? = nil, mediaURL: String?,
            textOptions: TextOptions? = nil
        ) {
            self.subject = subject
            self.isSubjectTemplate = isSubjectTemplate
            self.text = text
            self.mediaURL = mediaURL
            self.textOptions = textOptions
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
