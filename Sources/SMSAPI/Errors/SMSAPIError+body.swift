import CustomerServing
import HTTPTypes

/// `{"code": …, "text": …}` with the status that goes with it.
extension SMSAPIError: APIFault {
    init(_ refusal: CallRefusal) {
        self = .refused(refusal)
    }

    var body: Body { Body(code: code, text: text) }

    struct Body: Encodable {
        let code: String
        let text: String
    }

    var status: HTTPResponse.Status {
        switch self {
        case .refused(let refusal): refusal.status
        case .unknownGroup, .missingCallbackURL, .unsupportedType, .alreadyDispatched, .groupNameTaken: .forbidden
        case .noSuchBatch, .noSuchRecipient, .noSuchGroup, .noSuchInbound: .notFound
        }
    }

    var headers: HTTPFields {
        switch self {
        case .refused(let refusal): refusal.headers
        default: [:]
        }
    }

    /// The codes of 400 and 403 are the API's own, except the one for an unsupported type; it documents none of the
    /// others, so they are ours.
    private var code: String {
        switch self {
        case .refused(let refusal): refusal.smsCode
        case .unknownGroup: "unknown_group"
        case .missingCallbackURL: "missing_callback_url"
        case .unsupportedType: "unsupported_type"
        case .alreadyDispatched: "batch_already_dispatched"
        case .groupNameTaken: "conflict_group_name"
        case .noSuchBatch, .noSuchRecipient, .noSuchGroup, .noSuchInbound: "not_found"
        }
    }

    private var text: String {
        switch self {
        case .refused(let refusal): refusal.smsText
        case .unknownGroup(let id): "Group \(id) does not exist"
        case .missingCallbackURL: "A delivery report was requested but no callback URL is set"
        case .unsupportedType(let type): "'type': is \(type), and this gateway carries MMS only: use mt_media"
        case .alreadyDispatched(let id): "Batch \(id) has been dispatched, finished or canceled and cannot be changed"
        case .groupNameTaken: "Another group has this name"
        case .noSuchGroup(let id): "Group \(id) does not exist"
        case .noSuchInbound(let id): "Inbound message \(id) does not exist"
        case .noSuchBatch(let id): "Batch \(id) does not exist"
        case .noSuchRecipient: "The number is not a recipient of this batch"
        }
    }
}

extension CallRefusal {
    fileprivate var smsCode: String {
        switch self {
        case .malformed(let fault):
            switch fault.kind {
            case .invalidJSON: "syntax_invalid_json"
            case .badFormat: "syntax_invalid_parameter_format"
            case .violation: "syntax_constraint_violation"
            }
        case .unauthorized, .tokenExpired: "unauthorized"
        case .keyReused: "idempotency_key_reused"
        case .noSuchPath: "not_found"
        case .tooManyRequests: "too_many_requests"
        case .methodNotAllowed: "method_not_allowed"
        case .bodyTooLarge: "request_too_large"
        case .unsupportedMediaType: "unsupported_media_type"
        case .internalError: "internal_error"
        case .queueFull: "queue_full"
        case .unavailable, .uncertain, .noMemory: "unavailable"
        }
    }

    /// The text of a refusal where this API words it for a service plan.
    fileprivate var smsText: String {
        switch self {
        case .unauthorized: "The token is not valid for this service plan"
        case .tooManyRequests(let seconds): "The service plan calls too often; try again in \(seconds) s"
        default: text
        }
    }
}
