/// The content of a message in its final form: encoded once, shared by every message that carries it.
/// (RFC 2387; TS 23.140, 8.7)
///
/// The layout is the one that relays agree on: a container with the presentation first and named in `start`, or
/// `multipart/mixed` where the profile wants none. Every leaf has Content-Type, Content-ID and Content-Location.
public struct EncodedContent: Sendable {
    /// Begins after the delimiter that ends the SOAP part and ends with the message's close delimiter.
    let segments: [ArraySlice<UInt8>]
    /// Octets on the wire, from the first part on.
    public let byteCount: Int
    /// Separates the SOAP part from the container.
    let outerBoundary: String
    /// The file names given to the media, in the order of the parts.
    public let names: [String]

    /// The Content-ID of the container, which the envelope refers to. Leaves have a dot in theirs.
    static let contentID = "mm7-content"

    /// - Throws: `.empty` without parts, `.unencodable` for a media type that cannot stand in a header.
    public init(_ parts: [OutgoingPart], profile: Profile) throws(MM7Error) {
        var generator = SystemRandomNumberGenerator()
        try self.init(parts, profile: profile, using: &generator)
    }

    /// Encodes the parts with boundaries from the generator: 128 bits each, chosen after the media. Nobody who made the
    /// media can have known them, and they occur in it by chance less often than disks fail; so the media is not
    /// searched for them.
    public init(
        _ parts: [OutgoingPart], profile: Profile, using generator: inout some RandomNumberGenerator
    ) throws(MM7Error) {
        guard !parts.isEmpty else { throw MM7Error(.empty, "there are no parts to send") }
        outerBoundary = Self.boundary("mm7", &generator)
        let innerBoundary = Self.boundary("mms", &generator)

        var leaves = try Self.leaves(parts)
        var body = Segments()
        switch profile.presentation {
        case .none:
            leaves.removeAll { $0.type.isPresentation }
            guard !leaves.isEmpty else { throw MM7Error(.empty, "there is nothing but a presentation to send") }
            names = leaves.map(\.name)
            body.append("Content-Type: multipart/mixed; boundary=\"\(innerBoundary)\"\r\n")
        case .smil:
            names = leaves.map(\.name)
            let presentation = Self.presentation(leaves, profile)
            leaves = [presentation] + leaves.filter { !$0.type.isPresentation }
            body.append("Content-Type: multipart/related; type=\"application/smil\"; ")
            body.append("start=\"<\(presentation.name)>\"; boundary=\"\(innerBoundary)\"\r\n")
        }
        body.append("Content-ID: <\(Self.contentID)>\r\n\r\n")
        for leaf in leaves {
            body.append("--\(innerBoundary)\r\n")
            body.append(leaf, profile.transferEncoding)
            body.append("\r\n")
        }
        body.append("--\(innerBoundary)--\r\n\r\n--\(outerBoundary)--\r\n")
        segments = body.finish()
        byteCount = segments.reduce(0) { $0 + $1.count }
    }

    /// A boundary of 40 characters, all of which may stand in a header unquoted.
    private static func boundary(_ prefix: String, _ generator: inout some RandomNumberGenerator) -> String {
        var boundary = "\(prefix)_=_"
        for _ in 0..<2 {
            let digits = String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
            boundary += String(repeating: "0", count: 16 - digits.count) + digits
        }
        return boundary
    }

    private static func leaves(_ parts: [OutgoingPart]) throws(MM7Error) -> [Leaf] {
        var names = PartNames()
        var leaves: [Leaf] = []
        for (index, part) in parts.enumerated() {
            let isPlain = part.contentType.utf8.allSatisfy { (0x20...0x7E).contains($0) }
            guard isPlain, let type = ContentType(part.contentType), !type.subtype.isEmpty, !type.isMultipart else {
                throw MM7Error(.unencodable, "part \(index + 1) has no usable media type", element: "Content-Type")
            }
            var header = part.contentType
            if type.type == "text", type.parameters["charset"] == nil { header += "; charset=utf-8" }
            let name = names.name(part.name, type: type, index: index)
            leaves.append(
                Leaf(
                    type: type, header: header, given: part.name, name: name, bytes: part.bytes, encoded: part.encoded))
        }
        return leaves
    }

    /// The customer's own presentation if there is one among the parts, with the names that the other parts are sent
    /// under, else one made from them.
    private static func presentation(_ leaves: [Leaf], _ profile: Profile) -> Leaf {
        if var own = leaves.first(where: { $0.type.isPresentation }) {
            var renaming = SMILRenaming()
            for leaf in leaves where !leaf.type.isPresentation {
                if let given = leaf.given { renaming.add(given, sentAs: leaf.name) }
            }
            own.bytes = renaming.apply(to: own.bytes)[...]
            return own
        }
        let items = leaves.compactMap { leaf in
            SMILDocument.Medium(leaf.type).map { medium in
                let source = profile.mediaReference == .contentID ? "cid:" + leaf.name : leaf.name
                return SMILDocument.Item(medium: medium, source: source)
            }
        }
        var name = "smil.smil"
        while leaves.contains(where: { $0.name.lowercased() == name }) { name = "mm7-" + name }
        return Leaf(
            type: ContentType(type: "application", subtype: "smil"),
            header: "application/smil; charset=utf-8",
            name: name,
            bytes: SMILDocument(items).bytes[...]
        )
    }
}

/// One part inside the container.
private struct Leaf {
    var type: ContentType
    var header: String
    /// What the customer calls it.
    var given: String?
    /// Content-ID and Content-Location alike.
    var name: String
    var bytes: ArraySlice<UInt8>
    /// The octets in base64, if they were encoded before.
    var encoded: ArraySlice<UInt8>?
}

/// Collects text and media: consecutive text becomes one segment, and media is not copied.
private struct Segments {
    private var segments: [ArraySlice<UInt8>] = []
    private var pending: [UInt8] = []

    mutating func append(_ text: String) { pending += text.utf8 }

    mutating func append(_ leaf: Leaf, _ encoding: Profile.TransferEncoding) {
        append("Content-Type: \(leaf.header)\r\nContent-ID: <\(leaf.name)>\r\nContent-Location: \(leaf.name)\r\n")
        switch encoding {
        case .binary:
            let isText =
                (leaf.type.type == "text" || leaf.type.isPresentation) && PartEncoding.isEightBit(leaf.bytes)
            append("Content-Transfer-Encoding: \(isText ? "8bit" : "binary")\r\n\r\n")
            append(leaf.bytes)
        case .base64:
            append("Content-Transfer-Encoding: base64\r\n\r\n")
            append(leaf.encoded ?? Base64.encode(leaf.bytes)[...])
        }
    }

    mutating func append(_ media: ArraySlice<UInt8>) {
        guard !media.isEmpty else { return }
        segments.append(pending[...])
        segments.append(media)
        pending = []
    }

    func finish() -> [ArraySlice<UInt8>] { pending.isEmpty ? segments : segments + [pending[...]] }
}
