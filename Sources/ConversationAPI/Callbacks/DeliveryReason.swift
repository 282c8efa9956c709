import GatewayCore

/// Why a message failed, as the API says it.
struct DeliveryReason: Error, Equatable, Sendable, Encodable {
    let code: Code
    /// One sentence for people, without numbers of subscribers.
    let description: String
    let subCode: SubCode

    init(_ code: Code, _ description: String, _ subCode: SubCode = .unspecified) {
        self.code = code
        self.description = description
        self.subCode = subCode
    }

    enum CodingKeys: String, CodingKey {
        case code, description
        case subCode = "sub_code"
    }

    /// Every code that clients know.
    enum Code: String, CaseIterable, Encodable, Sendable {
        case unknown = "UNKNOWN"
        case internalError = "INTERNAL_ERROR"
        case rateLimited = "RATE_LIMITED"
        case recipientInvalidChannelIdentity = "RECIPIENT_INVALID_CHANNEL_IDENTITY"
        case recipientNotReachable = "RECIPIENT_NOT_REACHABLE"
        case recipientNotOptedIn = "RECIPIENT_NOT_OPTED_IN"
        case outsideAllowedSendingWindow = "OUTSIDE_ALLOWED_SENDING_WINDOW"
        case channelFailure = "CHANNEL_FAILURE"
        case channelBadConfiguration = "CHANNEL_BAD_CONFIGURATION"
        case channelConfigurationMissing = "CHANNEL_CONFIGURATION_MISSING"
        case mediaTypeUnsupported = "MEDIA_TYPE_UNSUPPORTED"
        case mediaTooLarge = "MEDIA_TOO_LARGE"
        case mediaNotReachable = "MEDIA_NOT_REACHABLE"
        case noChannelsLeft = "NO_CHANNELS_LEFT"
        case templateNotFound = "TEMPLATE_NOT_FOUND"
        case templateInsufficientParameters = "TEMPLATE_INSUFFICIENT_PARAMETERS"
        case templateNonExistingLanguageOrVersion = "TEMPLATE_NON_EXISTING_LANGUAGE_OR_VERSION"
        case deliveryTimedOut = "DELIVERY_TIMED_OUT"
        case deliveryRejectedDueToPolicy = "DELIVERY_REJECTED_DUE_TO_POLICY"
        case contactNotFound = "CONTACT_NOT_FOUND"
        case badRequest = "BAD_REQUEST"
        case unknownApp = "UNKNOWN_APP"
        case noChannelIdentityForContact = "NO_CHANNEL_IDENTITY_FOR_CONTACT"
        case channelReject = "CHANNEL_REJECT"
        case noPermission = "NO_PERMISSION"
        case noProfileAvailable = "NO_PROFILE_AVAILABLE"
        case unsupportedOperation = "UNSUPPORTED_OPERATION"
    }

    enum SubCode: String, CaseIterable, Encodable, Sendable {
        case unspecified = "UNSPECIFIED_SUB_CODE"
        case attachmentRejected = "ATTACHMENT_REJECTED"
        case mediaTypeUndetermined = "MEDIA_TYPE_UNDETERMINED"
        case inactiveSender = "INACTIVE_SENDER"
    }
}
