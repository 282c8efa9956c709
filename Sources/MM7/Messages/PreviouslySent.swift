/// One of those who sent a message on before it came here. (TS 23.140 release 6, previouslySentByType)
public struct PreviousSender: Sendable, Hashable {
    public var address: Address
    /// Its position in the chain, from 1 for the originator.
    public var sequence: Int?

    public init(_ address: Address, sequence: Int? = nil) {
        self.address = address
        self.sequence = sequence
    }
}

/// When a message was sent on. (TS 23.140 release 6, previouslySentByDateTime)
public struct PreviousSending: Sendable, Hashable {
    public var time: RelativeOrAbsoluteDate
    /// The position in the chain of the one who sent it then.
    public var sequence: Int?

    public init(_ time: RelativeOrAbsoluteDate, sequence: Int? = nil) {
        self.time = time
        self.sequence = sequence
    }
}
