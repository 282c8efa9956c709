public import FoundationEssentials

/// A report on whether the recipient read the message. (TS 23.140, 8.7.5; elements in schema order)
public struct ReadReplyReq: Sendable, Equatable {
    public var mmsRelayServerID: String?
    /// The MessageID of SubmitRsp.
    public var messageID: String
    public var recipient: Address?
    public var sender: Address?
    public var timeStamp: Date?
    public var readStatus: ReadStatus
    public var statusText: String?
    public var applicID: String?
    public var replyApplicID: String?
    public var auxApplicInfo: String?

    public init(messageID: String, recipient: Address?, readStatus: ReadStatus) {
        self.messageID = messageID
        self.recipient = recipient
        self.readStatus = readStatus
    }
}

/// The MMStatus of a read reply. (TS 23.140, mmReadStatusType)
public enum ReadStatus: Hashable, Sendable {
    /// Read, which implies that the message was delivered.
    case read
    /// Deleted without being read.
    case deleted
    case indeterminate
    case other(String)

    /// Reads the schema's words in any letter case, and the numbers 0 to 2 of one vendor.
    public init(_ text: String) {
        switch text.lowercased() {
        case "read", "0": self = .read
        case "deleted", "1": self = .deleted
        case "indeterminate", "2": self = .indeterminate
        default: self = .other(text)
        }
    }

    public var wireName: String {
        switch self {
        case .read: "Read"
        case .deleted: "Deleted"
        case .indeterminate: "Indeterminate"
        case .other(let text): text
        }
    }
}

/// Our answer to ReadReplyReq. (TS 23.140, 8.7.5)
public struct ReadReplyRsp: Sendable, Equatable {
    public var status: ResponseStatus

    public init(status: ResponseStatus = .success) { self.status = status }
}
