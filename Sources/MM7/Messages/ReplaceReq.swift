public import FoundationEssentials

/// Replaces a message's content or settings while nobody has fetched it. (TS 23.140, 8.7.2, MM7_replace; elements in
/// schema order)
///
/// What is given replaces the old value; what is absent stays unchanged. Recipients, expiry and the request for a
/// report always stay.
public struct ReplaceReq: Sendable, Equatable {
    public var sender: SenderIdentification
    /// The MessageID of SubmitRsp.
    public var messageID: String
    /// Billing tag, opaque.
    public var serviceCode: String?
    /// Time of this request.
    public var timeStamp: Date?
    public var readReply: Bool?
    public var earliestDeliveryTime: RelativeOrAbsoluteDate?
    /// False forbids redistribution.
    public var distributionIndicator: Bool?
    /// The most demanding kind of content in the message. (R6)
    public var contentClass: ContentClass?
    /// Whether there is content under digital rights management. (R6)
    public var drmContent: Bool?
    public var applicID: String?
    public var replyApplicID: String?
    public var auxApplicInfo: String?
    /// Set by `MessageWriter` for a request with content.
    public var content: ContentReference?

    public init(sender: SenderIdentification, messageID: String) {
        self.sender = sender
        self.messageID = messageID
    }
}

/// The relay's answer to ReplaceReq. (TS 23.140, 8.7.2)
public struct ReplaceRsp: Sendable, Equatable {
    public var status: ResponseStatus

    public init(status: ResponseStatus = .success) { self.status = status }
}

/// Replaces all messages that share an id. (TS 23.140 release 6, extendedReplaceReq; elements in schema order)
public struct ExtendedReplaceReq: Sendable, Equatable {
    public var vaspID: String?
    public var vasID: String?
    /// Billing tag, opaque.
    public var serviceCode: String?
    /// The id that the messages share.
    public var replaceID: String?
    /// Time of this request.
    public var timeStamp: Date?
    public var earliestDeliveryTime: RelativeOrAbsoluteDate?
    public var expiryDate: RelativeOrAbsoluteDate?
    public var readReply: Bool?
    public var deliveryReport: Bool?
    /// Set by `MessageWriter` for a request with content.
    public var content: ContentReference?

    public init(replaceID: String?) { self.replaceID = replaceID }
}

/// The relay's answer to ExtendedReplaceReq; only the code of its status travels. (TS 23.140 release 6)
public struct ExtendedReplaceRsp: Sendable, Equatable {
    public var messageID: String?
    public var status: ResponseStatus

    public init(messageID: String?, status: ResponseStatus = .success) {
        self.messageID = messageID
        self.status = status
    }
}
