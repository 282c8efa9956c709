extension MessageState {
    /// Why a message ended without delivery, as exactly as it is known. The words are kept in the database and shown to
    /// the operator; each API maps them to codes of its own.
    package enum Failure: String, Sendable, Hashable, CaseIterable {
        case unroutable
        case internalError = "internal_error"
        /// What was asked for cannot be sent. The customer's API has found that after it took the message, and knows why.
        case unsendable
        case unmatchedParameter = "unmatched_parameter"
        case expiredInQueue = "expired_in_queue"
        /// Tried as often as allowed without an answer that settles it.
        case triesUsedUp = "tries_used_up"
        /// The same, and the last answer was that the account sends too fast.
        case rateLimited = "rate_limited"

        /// The server of the media could not be reached, or did not give the file.
        case mediaUnreachable = "media_unreachable"
        case mediaTooLarge = "media_too_large"
        /// The file is of a type that no message carries, or not of the type that its server says.
        case mediaTypeUnsupported = "media_type_unsupported"
        /// The server of the media says no type.
        case mediaTypeUndetermined = "media_type_undetermined"
        /// The file is empty, damaged or cut.
        case mediaUnreadable = "media_unreadable"
        /// The file has more pixels or lasts longer than strict validation allows.
        case mediaAgainstRules = "media_against_rules"

        /// The MMSC says that the request is wrong or not allowed.
        case refusedByMMSC = "refused_by_mmsc"
        /// The MMSC does not know or does not serve the number.
        case invalidRecipient = "invalid_recipient"
        /// The MMSC does not take the content: its type, its size or what it shows.
        case contentRejected = "content_rejected"
        /// The request is longer than the MMSC allows.
        case messageTooLarge = "message_too_large"
        /// The MMSC does not know us by what the configuration says of us.
        case badConfiguration = "bad_configuration"
        /// The account at the MMSC is not set up for this.
        case notProvisioned = "not_provisioned"
        /// The MMSC does not serve the sender's account any more.
        case senderInactive = "sender_inactive"

        /// The recipient, the network or a filter refused the message.
        case refusedByNetwork = "refused_by_network"
        /// The number is on a list of those that want no messages.
        case recipientBlocked = "recipient_blocked"
        case notSupported = "not_supported"
        case unreachable
        case unrecognised
        /// Any other reason why the network could not deliver it.
        case undelivered
    }
}
