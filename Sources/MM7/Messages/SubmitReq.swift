public import FoundationEssentials

/// A message for the relay to deliver. (TS 23.140, 8.7.2; elements in schema order)
public struct SubmitReq: Sendable, Equatable {
    public var sender: SenderIdentification
    public var recipients: Recipients
    /// Billing tag, opaque.
    public var serviceCode: String?
    /// LinkedID of the mobile-originated message that this one answers.
    public var linkedID: String?
    public var messageClass: MessageClass?
    /// Time of submission.
    public var timeStamp: Date?
    public var replyCharging: ReplyCharging?
    public var earliestDeliveryTime: RelativeOrAbsoluteDate?
    public var expiryDate: RelativeOrAbsoluteDate?
    /// Asks for DeliveryReportReq.
    public var deliveryReport: Bool?
    /// Asks for ReadReplyReq.
    public var readReply: Bool?
    public var priority: Priority?
    public var subject: String?
    public var chargedParty: ChargedParty?
    /// Who pays when a third party pays. (R6)
    public var chargedPartyID: String?
    /// False forbids redistribution.
    public var distributionIndicator: Bool?
    /// Numbers of conditions for delivery, such as 1 for a recipient with MMS. (R6)
    public var deliveryConditions: [Int]
    /// The application on the handset. (R6)
    public var applicID: String?
    /// The application for replies and reports. (R6)
    public var replyApplicID: String?
    /// More data for the application on the handset. (R6)
    public var auxApplicInfo: String?
    /// The most demanding kind of content in the message. (R6)
    public var contentClass: ContentClass?
    /// Whether there is content under digital rights management. (R6)
    public var drmContent: Bool?
    /// Set by `MessageWriter` for a request with content.
    public var content: ContentReference?

    public init(sender: SenderIdentification, recipients: Recipients) {
        self.sender = sender
        self.recipients = recipients
        self.deliveryConditions = []
    }

    /// Whether the relay may transcode the content; an attribute of `Content`.
    public var allowAdaptations: Bool? {
        get { content?.allowAdaptations }
        set {
            if content == nil, newValue == nil { return }
            content = ContentReference(href: content?.href ?? "", allowAdaptations: newValue)
        }
    }
}

/// The request that the recipient's reply be paid for. Nearly unsupported by relays. (TS 23.140, ReplyCharging)
public struct ReplyCharging: Sendable, Equatable {
    /// Largest reply paid for, in octets.
    public var sizeBytes: Int?
    public var deadline: RelativeOrAbsoluteDate?

    public init(sizeBytes: Int? = nil, deadline: RelativeOrAbsoluteDate? = nil) {
        self.sizeBytes = sizeBytes
        self.deadline = deadline
    }
}
