/// Why bytes could not be read as an MM7 message, or a message could not be written.
/// (TS 23.140, 8.7.8.3, for the status codes that answer it)
///
/// Nothing of a message's content is in the texts: they name elements, part numbers and limits only.
public struct MM7Error: Error, Sendable, Equatable {
    public var code: Code
    /// What happened, for people: names the thing and the limit.
    public var reason: String
    /// The element, header or part concerned, where one can be named.
    public var element: String?
    /// What is known about the message that could not be read, so that it can be answered.
    public var head: MessageHead

    public init(_ code: Code, _ reason: String, element: String? = nil, head: MessageHead = MessageHead()) {
        self.code = code
        self.reason = reason
        self.element = element
        self.head = head
    }

    /// The same error, with what is known about the message.
    func about(_ head: MessageHead) -> MM7Error { MM7Error(code, reason, element: element, head: head) }
}

extension MM7Error {
    /// The kind of error. New kinds may be added; handle the ones you know and treat the rest by `statusCode`.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        public let description: String

        private init(_ description: String) { self.description = description }

        /// There was nothing to read, or nothing to write.
        public static let empty = Code("empty")
        /// The XML or its namespaces are not well formed, and its meaning is not clear.
        public static let notWellFormed = Code("notWellFormed")
        /// Well-formed XML that is neither a SOAP envelope nor an MM7 operation, such as a proxy's error page.
        public static let notAnEnvelope = Code("notAnEnvelope")
        /// The message can be read, but is not valid by SOAP or by the schema of its namespace. Only strict reading
        /// reports this.
        public static let invalid = Code("notValid")
        /// A document type declaration, which SOAP forbids. One that declares nothing is ignored. (SOAP 1.1, section 3)
        public static let doctype = Code("doctype")
        /// More bytes than the limit named in the reason.
        public static let tooLarge = Code("tooLarge")
        /// Elements or multipart containers nested deeper than allowed.
        public static let tooDeep = Code("tooDeep")
        public static let tooManyElements = Code("tooManyElements")
        public static let tooManyAttributes = Code("tooManyAttributes")
        public static let tooManyParts = Code("tooManyParts")
        /// The multipart structure cannot be followed.
        public static let malformedMultipart = Code("malformedMultipart")
        /// A message with more than one operation: the answer would be for one of them alone. (TS 23.140, 8.7.8)
        public static let severalOperations = Code("severalOperations")
        /// An element without which the message has no meaning.
        public static let missingElement = Code("missingElement")
        /// A value that the wire format cannot carry.
        public static let unencodable = Code("unencodable")
    }
}

extension MM7Error {
    /// The status code to answer the peer with when its request failed to be read this way.
    public var statusCode: StatusCode {
        switch code {
        case .tooLarge, .tooManyParts: .multimediaContentRefused
        case .missingElement, .malformedMultipart, .severalOperations, .empty: .messageFormatCorrupt
        case .unencodable: .serverError
        default: .validationError
        }
    }
}

extension MM7Error: CustomStringConvertible {
    public var description: String {
        element.map { "\(code): \(reason) (\($0))" } ?? "\(code): \(reason)"
    }
}
