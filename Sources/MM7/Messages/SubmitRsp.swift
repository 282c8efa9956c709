/// The relay's answer to SubmitReq. (TS 23.140, 8.7.2)
///
/// Only the status decides: some relays give a MessageID with a failure, and none with a success.
public struct SubmitRsp: Sendable, Equatable {
    public var status: ResponseStatus
    /// The relay's name for the message, repeated in reports; compared exactly.
    public var messageID: String?

    public init(status: ResponseStatus, messageID: String? = nil) {
        self.status = status
        self.messageID = messageID
    }
}
