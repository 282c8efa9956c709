import HTTPServing
import HTTPTypes
import Hummingbird

/// Why there is no token, in the form of RFC 6749, 5.2.
enum TokenRefusal: Error, Equatable {
    case unknownClient
    case unsupportedGrant
    case badRequest(String)
    case wrongMethod

    var response: Response {
        var response = Response(status: status, json: Body(error: code, description: text))
        response.headers[.cacheControl] = "no-store"
        if self == .unknownClient { response.headers[.wwwAuthenticate] = #"Basic realm="oauth2""# }
        if self == .wrongMethod { response.headers[.allow] = "POST" }
        return response
    }

    private struct Body: Encodable {
        let error: String
        let description: String

        enum CodingKeys: String, CodingKey {
            case error
            case description = "error_description"
        }
    }

    private var status: HTTPResponse.Status {
        switch self {
        case .unknownClient: .unauthorized
        case .unsupportedGrant, .badRequest: .badRequest
        case .wrongMethod: .methodNotAllowed
        }
    }

    private var code: String {
        switch self {
        case .unknownClient: "invalid_client"
        case .unsupportedGrant: "unsupported_grant_type"
        case .badRequest, .wrongMethod: "invalid_request"
        }
    }

    private var text: String {
        switch self {
        case .unknownClient: "the access key or its secret is missing or wrong"
        case .unsupportedGrant: "grant_type must be client_credentials"
        case .badRequest(let text): text
        case .wrongMethod: "a token is asked for with POST"
        }
    }
}
