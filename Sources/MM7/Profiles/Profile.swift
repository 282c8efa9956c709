/// How one kind of peer wants MM7 spoken: everything that differs between relays, as data.
/// (TS 23.140, 8.7, and what it leaves open)
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
    /// The most deliverable recipients in one request.
    public var recipientsPerRequest = 1
    /// The SOAPAction header as sent, quotes included; empty for none. (SOAP 1.1, 6.1.1)
    public var soapAction = "\"\""
    /// The requests it takes; no others are written.
    public var operations: OperationSet = .base
    /// The optional elements that are written; all others are left out even where the message has them.
    public var elements: ElementSet
    public var dispositions: DispositionTable = .standard
    /// The reasons that its status codes name.
    public var reasons: RefusalReasons = .standard
    /// Whether an answer with another TransactionID than its request counts as no answer. The HTTP exchange already
    /// shows which request is answered, so only a peer that mixes up its exchanges needs this. (SOAP 1.1, 6.2)
    public var answersMustMatch = false
    /// The HTTP header in which this peer takes and gives the carrier's number.
    public var carrierHeader: String?

    /// A profile for any peer that uses a schema version.
    public init(name: String, schema: SchemaVersion) {
        self.name = name
        self.namespace = schema.namespace
        self.version = schema.version
        self.elements = schema.elements
        self.hasPlainSender = schema.hasPlainSender
    }

    /// Changes to another schema and its version. Its elements are written, except for those that the profile already
    /// left out of its own schema.
    public mutating func adopt(_ schema: SchemaVersion) {
        let omitted = SchemaVersion.named(namespace).map { $0.elements.subtracting(elements) } ?? []
        namespace = schema.namespace
        version = schema.version
        elements = schema.elements.subtracting(omitted)
        hasPlainSender = schema.hasPlainSender
    }

    /// What to do after a status code of this peer.
    public func disposition(of code: StatusCode) -> Disposition { dispositions[code] }
}

extension Profile {
    // The raw values are words for configuration files.

    /// Where the MM7 namespace stands in an envelope. The schema allows the first two; peers send all three.
    public enum NamespaceStyle: String, Sendable, Hashable, CaseIterable {
        /// Declared as the default namespace on TransactionID and on the Body child.
        case defaultNamespace = "default"
        /// The prefix `mm7` on every element.
        case prefixed
        /// The prefix on TransactionID and on the Body child only, with the children in no namespace, as in release 5
        /// traffic.
        case prefixedRoot = "prefixed_root"
    }

    public enum TransferEncoding: String, Sendable, Hashable, CaseIterable {
        case binary
        /// Base64, for peers whose path does not preserve all eight bits of an octet.
        case base64
    }

    public enum Presentation: String, Sendable, Hashable, CaseIterable {
        /// `multipart/related` that begins with a SMIL document.
        case smil
        /// `multipart/mixed` with only the media.
        case none
    }

    public enum MediaReference: String, Sendable, Hashable, CaseIterable {
        /// `cid:name`, which is the part's Content-ID.
        case contentID = "cid"
        /// The bare name, which is the part's Content-Location.
        case name
    }

    /// How telephone numbers are written; other addresses are written as they are.
    public enum AddressForm: String, Sendable, Hashable, CaseIterable {
        /// `15550100`
        case plain
        /// `+15550100`
        case plus
        /// `+15550100/TYPE=PLMN`
        case typePLMN = "type_plmn"
    }

    public enum SubjectForm: String, Sendable, Hashable, CaseIterable {
        /// UTF-8 like all other text.
        case plain
        /// RFC 2047 encoded words where the text is not ASCII.
        case encodedWords = "encoded_words"
    }

    public enum DateForm: String, Sendable, Hashable, CaseIterable {
        /// Only points in time; a relative one is counted from the request's TimeStamp.
        case absolute
        case asGiven = "as_given"
    }
}

/// Prints the name alone, because the tables would fill a page.
extension Profile: CustomStringConvertible {
    public var description: String { name }
}
