/// Takes a message back while nobody has fetched it. (TS 23.140, 8.7.2, MM7_cancel)
public struct CancelReq: Sendable, Equatable {
    public var sender: SenderIdentification
    /// The MessageID of SubmitRsp.
    public var messageID: String
    public var applicID: String?
    public var replyApplicID: String?
    public var auxApplicInfo: String?

    public init(sender: SenderIdentification, messageID: String) {
        self.sender = sender
        self.messageID = messageID
    }
}

/// The relay's answer to CancelReq: 2005 for an id it does not know, 3001 when it is too late. (TS 23.140, 8.7.2)
public struct CancelRsp: Sendable, Equatable {
    public var status: ResponseStatus

    public init(status: ResponseStatus = .success) { self.status = status }
}

/// Takes back all messages that share an id. (TS 23.140 release 6, extendedCancelReq)
public struct ExtendedCancelReq: Sendable, Equatable {
    public var sender: SenderIdentification
    /// The id that the messages share.
    public var cancelID: String

    public init(sender: SenderIdentification, cancelID: String) {
        self.sender = sender
        self.cancelID = cancelID
    }
}

/// The relay's answer to ExtendedCancelReq; only the code of its status travels. (TS 23.140 release 6)
public struct ExtendedCancelRsp: Sendable, Equatable {
    public var status: ResponseStatus

    public init(status: ResponseStatus = .success) { self.status = status }
}
