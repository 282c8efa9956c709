/// One of the users who forwarded a message before it came here. (TS 23.140 release 6, previouslySentByType)
public struct PreviousSender: Sendable, Hashable {
    public var address: Address
    /// Its position in the chain, from 1 for the originator.
    public var sequence: Int?

    public init(_ address: Address, sequence: Int? = nil) {
        self.address = address
        self.sequence = sequence
    }
}

/// The time at which a message was forwarded. (TS 23.140 release 6, previouslySentByDateTime)
public struct PreviousSending: Sendable, Hashable {
    public var time: RelativeOrAbsoluteDate
    /// The position in the chain of the user who forwarded it then.
    public var sequence: Int?

    public init(_ time: RelativeOrAbsoluteDate, sequence: Int? = nil) {
        self.time = time
        self.sequence = sequence
    }
}
