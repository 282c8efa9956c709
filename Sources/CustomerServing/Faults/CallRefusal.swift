package import GatewayCore
package import HTTPTypes

/// Why a call is not carried out, whichever API it is of.
package enum CallRefusal: Error, Equatable, Sendable {
    // The request has to change.

    case malformed(MalformedRequest)
    case unsupportedMediaType
    case bodyTooLarge(limitBytes: Int)
    case methodNotAllowed(allowed: String)
    case noSuchPath

    // It is well formed, and not allowed.

    case unauthorized
    /// An access token that was good once: its client fetches another.
    case tokenExpired
    /// The Idempotency-Key came with another request before.
    case keyReused

    // It may be repeated as it is.

    /// Nothing was kept; the same request may succeed later.
    case unavailable
    /// Nobody knows whether it was kept: the disk failed at the commit.
    case uncertain
    /// Other bodies have all the memory.
    case noMemory
    /// Too many messages of all customers wait to be sent.
    case queueFull
    /// More calls than the customer may make.
    case tooManyRequests(retryAfterSeconds: Int)
    case internalError
}

extension CallRefusal {
    package init(_ failure: StoreFailure) {
        self =
            switch failure {
            case .unavailable, .closed: .unavailable
            case .uncertain: .uncertain
            case .busy: .tooManyRequests(retryAfterSeconds: 1)
            case .broken: .internalError
            }
    }

    package var status: HTTPResponse.Status {
        switch self {
        case .malformed: .badRequest
        case .unsupportedMediaType: .unsupportedMediaType
        case .bodyTooLarge: .contentTooLarge
        case .methodNotAllowed: .methodNotAllowed
        case .noSuchPath: .notFound
        case .unauthorized, .tokenExpired: .unauthorized
        case .keyReused: .conflict
        case .unavailable, .uncertain, .noMemory, .queueFull: .serviceUnavailable
        case .tooManyRequests: .tooManyRequests
        case .internalError: .internalServerError
        }
    }

    package var headers: HTTPFields {
        switch self {
        // The scheme alone: some clients take certain words here as a request to fetch another token.
        case .unauthorized: [.wwwAuthenticate: "Bearer"]
        case .tokenExpired:
            [.wwwAuthenticate: #"Bearer error="invalid_token", error_description="the access token expired""#]
        case .methodNotAllowed(let allowed): [.allow: allowed]
        case .unavailable, .uncertain, .noMemory, .queueFull: [.retryAfter: Self.retryAfterSeconds]
        case .tooManyRequests(let seconds): [.retryAfter: "\(seconds)"]
        default: [:]
        }
    }

    /// A restart takes seconds; only a person can mend a full disk or a locked file.
    private static let retryAfterSeconds = "5"

    /// One sentence for people, which names no customer.
    package var text: String {
        switch self {
        case .malformed(let fault): fault.text
        case .unsupportedMediaType: "The request body must have the Content-Type application/json"
        case .bodyTooLarge(let limitBytes): "The request body is larger than the limit of \(limitBytes) bytes"
        case .methodNotAllowed(let allowed): "This path allows \(allowed)"
        case .noSuchPath: "There is nothing at this path"
        case .unauthorized: "The credentials are missing or not valid here"
        case .tokenExpired: "The access token expired"
        case .keyReused: "The Idempotency-Key was used with another request before"
        case .unavailable: "The gateway cannot store the request now; nothing was sent, try again later"
        case .uncertain:
            "The gateway's disk failed and it is not known whether the request was stored; look before you send it again, or repeat it with the same Idempotency-Key"
        case .noMemory: "There are too many large requests at once; nothing was taken, try again later"
        case .queueFull: "Too many messages wait to be sent; nothing was taken, try again later"
        case .tooManyRequests(let seconds): "There are too many calls; try again in \(seconds) s"
        case .internalError: "The request failed in the gateway and was not carried out"
        }
    }
}
