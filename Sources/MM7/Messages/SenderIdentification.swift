/// Who submits, and what the handset shows as sender. (TS 23.140, senderIDType)
public struct SenderIdentification: Sendable, Equatable {
    /// The provider's identity; at some peers this is an API key and so a secret.
    public var vaspID: String?
    /// The service; often selects the tariff.
    public var vasID: String?
    /// What the handset shows as the sender.
    public var address: Address?

    public init(vaspID: String? = nil, vasID: String? = nil, address: Address? = nil) {
        self.vaspID = vaspID
        self.vasID = vasID
        self.address = address
    }
}
