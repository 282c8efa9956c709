/// The outcome of a request: four digits of which the first is the class. (TS 23.140, 8.7.8.3)
///
/// Any number is kept; its meaning comes from `Profile.disposition(of:)`, which knows the peer's own table.
public struct StatusCode: RawRepresentable, Hashable, Sendable {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public static let success = StatusCode(rawValue: 1000)
    public static let partialSuccess = StatusCode(rawValue: 1100)

    public static let clientError = StatusCode(rawValue: 2000)
    public static let operationRestricted = StatusCode(rawValue: 2001)
    public static let addressError = StatusCode(rawValue: 2002)
    public static let addressNotFound = StatusCode(rawValue: 2003)
    public static let multimediaContentRefused = StatusCode(rawValue: 2004)
    public static let messageIDNotFound = StatusCode(rawValue: 2005)
    public static let linkedIDNotFound = StatusCode(rawValue: 2006)
    public static let messageFormatCorrupt = StatusCode(rawValue: 2007)
    public static let applicationIDNotFound = StatusCode(rawValue: 2008)
    public static let replyApplicationIDNotFound = StatusCode(rawValue: 2009)

    public static let serverError = StatusCode(rawValue: 3000)
    public static let notPossible = StatusCode(rawValue: 3001)
    public static let messageRejected = StatusCode(rawValue: 3002)
    public static let multipleAddressesNotSupported = StatusCode(rawValue: 3003)
    public static let applicationAddressingNotSupported = StatusCode(rawValue: 3004)

    public static let generalServiceError = StatusCode(rawValue: 4000)
    public static let improperIdentification = StatusCode(rawValue: 4001)
    public static let unsupportedVersion = StatusCode(rawValue: 4002)
    public static let unsupportedOperation = StatusCode(rawValue: 4003)
    public static let validationError = StatusCode(rawValue: 4004)
    public static let serviceError = StatusCode(rawValue: 4005)
    public static let serviceUnavailable = StatusCode(rawValue: 4006)
    public static let serviceDenied = StatusCode(rawValue: 4007)
    public static let applicationDenied = StatusCode(rawValue: 4008)
}

extension StatusCode {
    /// The x000 code that stands for this one where it is unknown; 3000 for a code outside the four classes.
    public var classCode: StatusCode {
        switch rawValue {
        case 1000...1999: .success
        case 2000...2999: .clientError
        case 4000...4999: .generalServiceError
        default: .serverError
        }
    }

    /// True for the whole success class, partial success included.
    public var isSuccess: Bool { (1000...1999).contains(rawValue) }

    /// The StatusText that the specification gives this code, or else its class.
    public var standardText: String {
        Self.texts[self] ?? Self.texts[classCode] ?? "Server error"
    }

    private static let texts: [StatusCode: String] = [
        .success: "Success",
        .partialSuccess: "Partial success",
        .clientError: "Client error",
        .operationRestricted: "Operation restricted",
        .addressError: "Address error",
        .addressNotFound: "Address not found",
        .multimediaContentRefused: "Multimedia content refused",
        .messageIDNotFound: "Message ID not found",
        .linkedIDNotFound: "LinkedID not found",
        .messageFormatCorrupt: "Message format corrupt",
        .applicationIDNotFound: "Application ID not found",
        .replyApplicationIDNotFound: "Reply Application ID not found",
        .serverError: "Server error",
        .notPossible: "Not possible",
        .messageRejected: "Message rejected",
        .multipleAddressesNotSupported: "Multiple addresses not supported",
        .applicationAddressingNotSupported: "Application addressing not supported",
        .generalServiceError: "General service error",
        .improperIdentification: "Improper identification",
        .unsupportedVersion: "Unsupported version",
        .unsupportedOperation: "Unsupported operation",
        .validationError: "Validation error",
        .serviceError: "Service error",
        .serviceUnavailable: "Service unavailable",
        .serviceDenied: "Service denied",
        .applicationDenied: "Application denied",
    ]
}
