/// The limits beyond which a message is refused. Each bounds something that a sender chooses. (TS 23.140, 8.7, sets
/// none)
public struct ReadingLimits: Sendable, Equatable {
    /// The whole message, transfer encoding included.
    public var messageBytes = 32 << 20
    /// The SOAP part, before and after decoding. Parsing time grows faster than size, so this stays small.
    public var envelopeBytes = 64 << 10
    /// Nesting of XML elements.
    public var elementDepth = 32
    /// XML elements in the envelope.
    public var elements = 2_000
    /// Attributes and namespace declarations of one element. libxml2 compares each with all others.
    public var attributesPerElement = 64
    /// Character data of the whole envelope.
    public var textBytes = 48 << 10
    /// Body parts of the message, containers included.
    public var parts = 100
    /// Containers inside containers; the protocol needs two.
    public var partDepth = 4
    /// The header block of one body part.
    public var headerBytes = 8 << 10

    public init() {}
}
