public import FoundationEssentials

/// A message from a handset. (TS 23.140, 8.7.3; elements in schema order)
///
/// Even the sender may be missing in real traffic; the receiver decides what to do then.
public struct DeliverReq: Sendable, Equatable {
    public var mmsRelayServerID: String?
    public var vaspID: String?
    public var vasID: String?
    /// The relay's id of this message: the natural key against duplicates.
    public var linkedID: String?
    public var sender: Address?
    /// Empty where the URL or the VASID implies the service addressed.
    public var recipients: Recipients
    /// The users who forwarded the message before. (R6)
    public var previouslySentBy: [PreviousSender]
    /// The times at which they forwarded it. (R6)
    public var previouslySentDateAndTime: [PreviousSending]
    /// Service provider of the sender. (R6)
    public var senderSPI: String?
    /// Service provider of the recipient. (R6)
    public var recipientSPI: String?
    public var timeStamp: Date?
    /// Billing tag that some peers send though no schema has it here; never written.
    public var serviceCode: String?
    /// The message that this reply is charged to.
    public var replyChargingID: String?
    public var priority: Priority?
    public var subject: String?
    public var applicID: String?
    public var replyApplicID: String?
    public var auxApplicInfo: String?
    /// What the handset can show. (R6)
    public var uaCapabilities: UACapabilities?
    public var content: ContentReference?

    public init(sender: Address?, recipients: Recipients = Recipients()) {
        self.sender = sender
        self.recipients = recipients
        self.previouslySentBy = []
        self.previouslySentDateAndTime = []
    }
}

/// The place where a handset's abilities are described. (TS 23.140 release 6, capabilitiesType)
public struct UACapabilities: Sendable, Equatable {
    /// Normally the URL of a profile document.
    public var uaProf: String?
    public var timeStamp: RelativeOrAbsoluteDate?

    public init(uaProf: String? = nil, timeStamp: RelativeOrAbsoluteDate? = nil) {
        self.uaProf = uaProf
        self.timeStamp = timeStamp
    }
}

/// Our answer to DeliverReq. (TS 23.140, 8.7.3)
public struct DeliverRsp: Sendable, Equatable {
    public var status: ResponseStatus
    /// Billing tag, opaque.
    public var serviceCode: String?

    public init(status: ResponseStatus = .success, serviceCode: String? = nil) {
        self.status = status
        self.serviceCode = serviceCode
    }
}
