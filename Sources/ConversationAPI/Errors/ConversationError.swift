import CustomerServing
import HTTPTypes

/// A failed call, in the form all newer Sinch APIs share:
/// `{"error": {"code": 404, "message": "…", "status": "NOT_FOUND", "details": []}}`.
struct ConversationError: Error, Equatable {
    /// The status by its name.
    let name: Status
    /// One sentence for people, which names the field and the limit.
    let message: String
    /// Members of the request that are wrong.
    let violations: [FieldViolation]
    let headers: HTTPFields

    init(
        _ name: Status, _ message: String, violations: [FieldViolation] = [], headers: HTTPFields = [:]
    ) {
        self.name = name
        self.message = message
        self.violations = violations
        self.headers = headers
    }

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

    /// What is wrong with one member of a request.
    struct FieldViolation: Equatable, Encodable {
        /// `message.text_message.text`
        let field: String
        let description: String
    }
}
