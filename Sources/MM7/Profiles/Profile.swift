/// How one kind of peer wants MM7 spoken: everything that differs between relays, as data.
public struct Profile: Sendable, Equatable {
    public var name: String
    /// The MM7 namespace written.
    public var namespace: String
    /// The MM7Version written.
    public var version: String
    public var namespaceStyle: NamespaceStyle = .defaultNamespace
    public var transferEncoding: TransferEncoding = .binary
    public var presentation: Presentation = .smil
    /// How the presentation names the media.
    public var mediaReference: MediaReference = .contentID
    public var addressForm: AddressForm = .plain
    /// Writes SenderAddress as text instead of an address element, as the oldest schemas have it.
    public var hasPlainSender = false
    public var expiryForm: DateForm = .absolute
    public var subjectForm: SubjectForm = .plain
    /// Most deliverable recipients of one request.
    public var recipientsPerRequest = 1
    /// The SOAPAction header as sent, quotes included. (SOAP 1.1, 6.1.1)
    public var soapAction = "\"\""
    /// The optional elements written; all others are left out of what is asked for.
    public var elements: ElementSet
    public var dispositions: DispositionTable = .standard
    /// The HTTP header in which this peer takes and gives the carrier's number.
    public var carrierHeader: String?

    /// A profile for any peer of a schema version.
    public init(name: String, schema: SchemaVersion) {
        self.name = name
        self.namespace = schema.namespace
        self.version = schema.version
        self.elements = schema.elements
        self.hasPlainSender = schema.hasPlainSender
    }

    /// What to do after a status code of this peer.
    public func disposition(of code: StatusCode) -> Disposition { dispositions[code] }
}

extension Profile {
    /// Where the MM7 namespace stands in an envelope. The schema allows the first two; peers send all three.
    public enum NamespaceStyle: Sendable, Hashable, CaseIterable {
        /// Declared as the default namespace on TransactionID and on the Body child.
        case defaultNamespace
        /// The prefix `mm7` on every element.
        case prefixed
        /// The prefix on TransactionID and on the Body child only, children in no namespace: release 5 traffic.
        case prefixedRoot
    }

    public enum TransferEncoding: Sendable, Hashable {
        case binary
        /// For peers that pass content through something that is not clean for eight bits.
        case base64
    }

    public enum Presentation: Sendable, Hashable {
        /// `multipart/related` that begins with a SMIL document.
        case smil
        /// `multipart/mixed` of the media alone.
        case none
    }

    public enum MediaReference: Sendable, Hashable {
        /// `cid:name`, which is the part's Content-ID.
        case contentID
        /// The bare name, which is the part's Content-Location.
        case name
    }

    /// How telephone numbers are written; other addresses are written as they are.
    public enum AddressForm: Sendable, Hashable {
        /// `15550100`
        case plain
        /// `+15550100`
        case plus
        /// `+15550100/TYPE=PLMN`
        case typePLMN
    }

    public enum SubjectForm: Sendable, Hashable {
        /// UTF-8 like all other text.
        case plain
        /// RFC 2047 encoded words where the text is not ASCII.
        case encodedWords
    }

    public enum DateForm: Sendable, Hashable {
        /// Only points in time; a relative one is counted from the request's TimeStamp.
        case absolute
        case asGiven
    }
}

/// The name alone: the tables would fill a page.
extension Profile: CustomStringConvertible {
    public var description: String { name }
}
