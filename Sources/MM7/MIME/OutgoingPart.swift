/// One medium to send. (RFC 2046, 5.1)
public struct OutgoingPart: Sendable {
    /// The media type, with parameters where it needs them; a text without charset is sent as UTF-8.
    public var contentType: String
    /// The name of the file, which is made fit for handsets before it is sent.
    public var name: String?
    public var bytes: ArraySlice<UInt8>
    /// The bytes in base64, if they were encoded before.
    var encoded: ArraySlice<UInt8>?

    public init(contentType: String, name: String? = nil, bytes: ArraySlice<UInt8>) {
        self.contentType = contentType
        self.name = name
        self.bytes = bytes
    }

    /// The part in the form in which the profile sends it. Many messages whose other parts differ share it and need not
    /// encode it again. A presentation is not changed, since each message writes it anew.
    public func prepared(for profile: Profile) -> OutgoingPart {
        guard profile.transferEncoding == .base64, encoded == nil,
            let type = ContentType(contentType), !type.isPresentation
        else { return self }
        var prepared = self
        prepared.encoded = Base64.encode(bytes)[...]
        prepared.bytes = []
        return prepared
    }

    /// What the part holds in memory, in octets.
    public var byteCount: Int { bytes.count + (encoded?.count ?? 0) }
}

/// A message ready for an HTTP request or response. (TS 23.140, 8.7)
public struct EncodedMessage: Sendable {
    /// The Content-Type header.
    public var contentType: String
    /// The body in pieces, to be sent one after the other; pieces with media are shared by all messages of a batch.
    public var segments: [ArraySlice<UInt8>]
    /// The Content-Length, which relays need: many do not take chunked transfer.
    public var byteCount: Int

    /// The body in one piece.
    public var bytes: [UInt8] { segments.flatMap { $0 } }
}
