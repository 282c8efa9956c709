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
        case .methodNotAllowed(let allowed): response.headers[.allow] = allowed
        case .unavailable: response.headers[.retryAfter] = Self.retryAfterSeconds
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
        case .unauthorized: .unauthorized
        case .unknownGroup, .missingCallbackURL, .unsupportedType: .forbidden
        case .noSuchPath, .noSuchBatch, .noSuchRecipient: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .internalError: .internalServerError
        case .unavailable: .serviceUnavailable
        }
    }

    /// The codes of 400 and the first two of 403 are the API's own; the others are ours, as it documents none.
    private var code: String {
        switch self {
        case .invalidJSON: "syntax_invalid_json"
        case .badFormat: "syntax_invalid_parameter_format"
        case .violation: "syntax_constraint_violation"
        case .unknownGroup: "unknown_group"
        case .missingCallbackURL: "missing_callback_url"
        case .unsupportedType: "unsupported_type"
        case .unauthorized: "unauthorized"
        case .noSuchPath, .noSuchBatch, .noSuchRecipient: "not_found"
        case .methodNotAllowed: "method_not_allowed"
        case .bodyTooLarge: "request_too_large"
        case .unsupportedMediaType: "unsupported_media_type"
        case .internalError: "internal_error"
        case .unavailable: "unavailable"
        }
    }

    private var text: String {
        switch self {
        case .invalidJSON(let text), .badFormat(let text), .violation(let text): text
        case .unknownGroup(let id): "Group \(id) does not exist"
        case .missingCallbackURL: "A delivery report was requested but no callback URL is set"
        case .unsupportedType(let type): "'type': is \(type), and this gateway carries MMS only: use mt_media"
        case .unauthorized: "The token is not valid for this service plan"
        case .noSuchPath: "There is nothing at this path"
        case .noSuchBatch(let id): "Batch \(id) does not exist"
        case .noSuchRecipient: "The number is not a recipient of this batch"
        case .methodNotAllowed(let allowed): "This path allows \(allowed)"
        case .bodyTooLarge(let limitBytes): "The request body is larger than the limit of \(limitBytes) bytes"
        case .unsupportedMediaType: "The request body must have the Content-Type application/json"
        case .internalError: "The request failed in the gateway and was not carried out"
        case .unavailable: "The gateway cannot store the request now; nothing was sent, try again later"
        }
    }
}
