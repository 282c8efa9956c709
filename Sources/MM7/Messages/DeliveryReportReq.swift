public import FoundationEssentials

/// A report on what became of one recipient's copy. (TS 23.140, 8.7.4; elements in schema order)
public struct DeliveryReportReq: Sendable, Equatable {
    public var mmsRelayServerID: String?
    /// The MessageID of SubmitRsp.
    public var messageID: String
    /// The recipient of the copy; absent in some dialects.
    public var recipient: Address?
    /// The address that sent the message.
    public var sender: Address?
    /// Time of the event, from `Date` or `TimeStamp`.
    public var date: Date?
    public var mmStatus: MMStatus
    /// More about the status, such as `RejectionByMMSRecipient`. (R6)
    public var statusExtension: String?
    public var statusText: String?
    public var applicID: String?
    public var replyApplicID: String?
    public var auxApplicInfo: String?
    public var uaCapabilities: UACapabilities?

    public init(messageID: String, recipient: Address?, mmStatus: MMStatus) {
        self.messageID = messageID
        self.recipient = recipient
        self.mmStatus = mmStatus
    }
}

/// Our answer to DeliveryReportReq. (TS 23.140, 8.7.4)
public struct DeliveryReportRsp: Sendable, Equatable {
    public var status: ResponseStatus

    public init(status: ResponseStatus = .success) { self.status = status }
}
