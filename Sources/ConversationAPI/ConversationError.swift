import CustomerServing
import HTTPTypes

/// A failed call, in the form all newer Sinch APIs share:
/// `{"error": {"code": 404, "message": "…", "status": "NOT_FOUND", "details": []}}`.
struct ConversationError: Error, Equatable {
    /// The status by its name.
    let name: Status
    /// One sentence for people, which names the field and the limit.
    let message: String
    let headers: HTTPFields

    init(_ name: Status, _ message: String, headers: HTTPFields = [:]) {
        self.name = name
        self.message = message
        self.headers = headers
    }

    static let notBuilt = ConversationError(
        .unimplemented,
        "This gateway does not carry the Conversation API yet; send MMS with POST /xms/v1/{service_plan_id}/batches")

    /// Status names of gRPC and the HTTP status each goes with.
    enum Status: String, CaseIterable {
        case invalidArgument = "INVALID_ARGUMENT"
        /// Well formed, and the state of things does not allow it.
        case failedPrecondition = "FAILED_PRECONDITION"
        case unauthenticated = "UNAUTHENTICATED"
        case permissionDenied = "PERMISSION_DENIED"
        case notFound = "NOT_FOUND"
        case alreadyExists = "ALREADY_EXISTS"
        case resourceExhausted = "RESOURCE_EXHAUSTED"
        case `internal` = "INTERNAL"
        case unknown = "UNKNOWN"
        case unimplemented = "UNIMPLEMENTED"
        case unavailable = "UNAVAILABLE"

        var http: HTTPResponse.Status {
            switch self {
            case .invalidArgument, .failedPrecondition: .badRequest
            case .unauthenticated: .unauthorized
            case .permissionDenied: .forbidden
            case .notFound: .notFound
            case .alreadyExists: .conflict
            case .resourceExhausted: .tooManyRequests
            case .internal, .unknown: .internalServerError
            case .unimplemented: .notImplemented
            case .unavailable: .serviceUnavailable
            }
        }
    }
}

extension ConversationError: APIFault {
    init(_ refusal: CallRefusal) {
        self.init(Status(refusal), refusal.text, headers: refusal.headers)
    }

    var status: HTTPResponse.Status { name.http }

    var body: Body { Body(error: .init(code: status.code, message: message, status: name.rawValue)) }

    struct Body: Encodable {
        let error: Detail

        struct Detail: Encodable {
            let code: Int
            let message: String
            let status: String
            /// Typed entries come with the first call that has one.
            let details: [String] = []
        }
    }
}

extension ConversationError.Status {
    fileprivate init(_ refusal: CallRefusal) {
        self =
            switch refusal {
            case .malformed, .unsupportedMediaType, .bodyTooLarge: .invalidArgument
            case .unauthorized, .tokenExpired: .unauthenticated
            case .noSuchPath: .notFound
            case .methodNotAllowed: .unimplemented
            case .keyReused: .alreadyExists
            case .tooManyRequests: .resourceExhausted
            case .unavailable, .uncertain, .noMemory, .queueFull: .unavailable
            case .internalError: .internal
            }
    }
}
