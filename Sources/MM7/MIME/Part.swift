/// One part of a message's content, as it came. (RFC 2046, 5.1)
public struct Part: Sendable {
    /// `application/octet-stream` where the part names no type.
    public var contentType: ContentType
    /// Without angle brackets.
    public var contentID: String?
    public var contentLocation: String?
    /// The `name` of Content-Type, else the `filename` of Content-Disposition.
    public var name: String?
    /// Whether its container says that this part is the root, and that the root is a presentation. (RFC 2387, 3.1 and
    /// 3.2)
    public var isRootOfPresentation = false
    /// The octets without their transfer encoding: a slice of the message itself, unless they had to be decoded.
    public var bytes: ArraySlice<UInt8>

    public init(
        contentType: ContentType, contentID: String? = nil, contentLocation: String? = nil, name: String? = nil,
        bytes: ArraySlice<UInt8>
    ) {
        self.contentType = contentType
        self.contentID = contentID
        self.contentLocation = contentLocation
        self.name = name
        self.bytes = bytes
    }

    /// A name for the part: its location, written as in a URL, else its id, else its name. (RFC 2557, 4)
    public var fileName: String? { contentLocation.map { Hex.percentDecoded($0).inOneLine } ?? contentID ?? name }

    /// True for the SMIL document, which is no media. Handsets and relays send it under many types, so it is known by its
    /// type, by what it begins with, by its name, or as the root of a container that says that its root is one.
    public var isPresentation: Bool {
        guard !["image", "audio", "video"].contains(contentType.type) else { return false }
        if contentType.isPresentation { return !isBinary }
        guard Charset.beginsLikeXML(bytes) else { return false }
        return isRootOfPresentation || isNamedLikePresentation
            || SMILProlog.leadsToSMIL(bytes, charset: contentType.parameters["charset"])
    }

    private var isNamedLikePresentation: Bool {
        [contentLocation, contentID, name].contains { name in
            guard let name = name?.lowercased() else { return false }
            return name.hasSuffix(".smil") || name.hasSuffix(".smi") || name == "smil.xml"
        }
    }

    /// Whether the part is a binary file in spite of its type: a user's picture, sent under the type of a presentation.
    private var isBinary: Bool { !Charset.beginsLikeXML(bytes) && bytes.prefix(64).contains { $0 < 0x09 } }

    /// The text of a text part: by its charset, else as UTF-8 if valid, else as ISO-8859-1. Nil for other types.
    public var text: String? {
        guard contentType.type == "text" || contentType.isXML || isPresentation else { return nil }
        return Charset.decodeText(bytes, charset: contentType.parameters["charset"])
    }
}

/// A message received: its envelope, and the leaves of its content in order. (TS 23.140, 8.7)
public struct ReceivedMessage: Sendable {
    public var envelope: Envelope
    public var content: [Part]
    /// Notes on what was not understood or had to be guessed. They name elements and headers, never values.
    public var notes: [String]
    /// How the XML was repaired: it was not well formed, or not a message by itself, but its meaning was clear. Nil
    /// where nothing was repaired.
    public var repair: String?

    public init(envelope: Envelope, content: [Part] = [], notes: [String] = []) {
        self.envelope = envelope
        self.content = content
        self.notes = notes
    }
}
