import GatewayCore

/// Why a request was not carried out, in the terms of this API.
///
/// A text for people names the member, the limit and what was found. It repeats no content and no number.
enum SMSAPIError: Error, Equatable {
    // The request has to change.

    /// Not JSON, or JSON that does not fit the schema.
    case invalidJSON(String)
    /// A number, id, time or URL that is none.
    case badFormat(String)
    /// A member is missing, too long, too many, or contradicts another.
    case violation(String)
    case unsupportedMediaType
    case bodyTooLarge(limitBytes: Int)
    case methodNotAllowed(allowed: String)

    // It is well formed, and not allowed.

    case unauthorized
    /// An access token that was good once: its client fetches another.
    case tokenExpired
    case alreadyDispatched(Batch.ID)
    case groupNameTaken
    /// The Idempotency-Key came with another request before.
    case keyReused
    case unknownGroup(ULID)
    case missingCallbackURL
    /// A text or binary batch.
    case unsupportedType(String)

    // There is no such thing.

    case noSuchPath
    case noSuchBatch(Batch.ID)
    case noSuchGroup(Group.ID)
    case noSuchInbound(Inbound.ID)
    /// The batch exists; the number is none of its recipients.
    case noSuchRecipient

    // It may be repeated as it is.

    /// Nothing was kept; the same request may succeed later.
    case unavailable
    /// It may have been kept, and may not: the disk failed at the commit.
    case uncertain
    /// Other bodies have all the memory.
    case noRoom
    /// As many messages wait as may.
    case queueFull
    /// More calls than the plan may make.
    case tooManyRequests(retryAfterSeconds: Int)
    case internalError
}

extension SMSAPIError {
    init(_ failure: StoreFailure) {
        self =
            switch failure {
            case .unavailable, .closed: .unavailable
            case .uncertain: .uncertain
            case .busy: .tooManyRequests(retryAfterSeconds: 1)
            case .broken: .internalError
            }
    }
}
