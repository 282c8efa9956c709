import HTTPServing
import HTTPTypes
import Hummingbird

extension SMSAPIError {
    /// `{"code": …, "text": …}` with the status that goes with it.
    var response: Response {
        var response = Response(status: status, json: Body(code: code, text: text))
        switch self {
        // Nothing more than the scheme: some clients take a certain word here as a call to fetch another token.
        case .unauthorized: response.headers[.wwwAuthenticate] = "Bearer"
        case .tokenExpired:
            response.headers[.wwwAuthenticate] =
                #"Bearer error="invalid_token", error_description="the access token expired""#
        case .methodNotAllowed(let allowed): response.headers[.allow] = allowed
        case .unavailable, .uncertain, .queueFull, .noRoom: response.headers[.retryAfter] = Self.retryAfterSeconds
        case .tooManyRequests(let seconds): response.headers[.retryAfter] = "\(seconds)"
        default: break
        }
        return response
    }

    private struct Body: Encodable {
        let code: String
        let text: String
    }

    /// A full disk or a locked file takes a person; a restart takes seconds.
    private static let retryAfterSeconds = "5"

    private var status: HTTPResponse.Status {
        switch self {
        case .invalidJSON, .badFormat, .violation: .badRequest
        case .unauthorized, .tokenExpired: .unauthorized
        case .unknownGroup, .missingCallbackURL, .unsupportedType, .alreadyDispatched, .groupNameTaken: .forbidden
        case .noSuchPath, .noSuchBatch, .noSuchRecipient, .noSuchGroup, .noSuchInbound: .notFound
        case .keyReused: .conflict
        case .tooManyRequests: .tooManyRequests
        case .methodNotAllowed: .methodNotAllowed
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .internalError: .internalServerError
        case .unavailable, .uncertain, .queueFull, .noRoom: .serviceUnavailable
        }
    }

    /// The codes of 400 and those of 403 but for the type are the API's own; the others are ours, as it documents none.
    private var code: String {
        switch self {
        case .invalidJSON: "syntax_invalid_json"
        case .badFormat: "syntax_invalid_parameter_format"
        case .violation: "syntax_constraint_violation"
        case .unknownGroup: "unknown_group"
        case .missingCallbackURL: "missing_callback_url"
        case .unsupportedType: "unsupported_type"
        case .unauthorized, .tokenExpired: "unauthorized"
        case .alreadyDispatched: "batch_already_dispatched"
        case .groupNameTaken: "conflict_group_name"
        case .keyReused: "idempotency_key_reused"
        case .noSuchPath, .noSuchBatch, .noSuchRecipient, .noSuchGroup, .noSuchInbound: "not_found"
        case .tooManyRequests: "too_many_requests"
        case .queueFull: "queue_full"
        case .methodNotAllowed: "method_not_allowed"
        case .bodyTooLarge: "request_too_large"
        case .unsupportedMediaType: "unsupported_media_type"
        case .internalError: "internal_error"
        case .unavailable, .uncertain, .noRoom: "unavailable"
        }
    }

    private var text: String {
        switch self {
        case .invalidJSON(let text), .badFormat(let text), .violation(let text): text
        case .unknownGroup(let id): "Group \(id) does not exist"
        case .missingCallbackURL: "A delivery report was requested but no callback URL is set"
        case .unsupportedType(let type): "'type': is \(type), and this gateway carries MMS only: use mt_media"
        case .unauthorized: "The token is not valid for this service plan"
        case .tokenExpired: "The access token expired"
        case .alreadyDispatched(let id): "Batch \(id) has been dispatched, finished or canceled and cannot be changed"
        case .groupNameTaken: "Another group has this name"
        case .keyReused: "The Idempotency-Key was used with another request in the last 24 hours"
        case .noSuchGroup(let id): "Group \(id) does not exist"
        case .noSuchInbound(let id): "Inbound message \(id) does not exist"
        case .queueFull: "As many messages wait to be sent as may; nothing was taken, try again later"
        case .noRoom: "There are too many large requests at once; nothing was taken, try again later"
        case .tooManyRequests(let seconds): "The service plan calls too often; try again in \(seconds) s"
        case .noSuchPath: "There is nothing at this path"
        case .noSuchBatch(let id): "Batch \(id) does not exist"
        case .noSuchRecipient: "The number is not a recipient of this batch"
        case .methodNotAllowed(let allowed): "This path allows \(allowed)"
        case .bodyTooLarge(let limitBytes): "The request body is larger than the limit of \(limitBytes) bytes"
        case .unsupportedMediaType: "The request body must have the Content-Type application/json"
        case .internalError: "The request failed in the gateway and was not carried out"
        case .unavailable: "The gateway cannot store the request now; nothing was sent, try again later"
        case .uncertain:
            "The gateway's disk failed and it is not known whether the request was stored; look before you send it again, or repeat it with the same Idempotency-Key"
        }
    }
}
