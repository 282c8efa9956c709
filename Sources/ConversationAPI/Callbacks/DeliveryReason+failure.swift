import GatewayCore

extension DeliveryReason {
    /// The reason of a message that ended without delivery.
    ///
    /// - Parameters:
    ///   - isReported: whether an MMSC, or the network behind it, said so.
    ///   - text: what was said, in whoever's words.
    init(_ failure: MessageState.Failure, isReported: Bool, text: PeerText?) {
        let (code, subCode) = Self.codes(failure, text: text)
        let words = text?.description ?? ""
        let description =
            switch (words.isEmpty, isReported) {
            case (true, _): Self.words(failure)
            case (false, true): "The underlying channel reported: \(words)"
            case (false, false): words
            }
        self.init(code, description, subCode)
    }

    private static func codes(_ failure: MessageState.Failure, text: PeerText?) -> (Code, SubCode) {
        switch failure {
        case .unroutable, .unreachable: (.recipientNotReachable, .unspecified)
        case .internalError: (.internalError, .unspecified)
        case .unmatchedParameter, .unsendable: (.badRequest, .unspecified)
        case .expiredInQueue: (.deliveryTimedOut, .unspecified)
        case .triesUsedUp, .undelivered: (.channelFailure, .unspecified)
        case .rateLimited: (.rateLimited, .unspecified)
        case .mediaUnreachable: (.mediaNotReachable, .unspecified)
        // Too many pixels, or too long, is too large too.
        case .mediaTooLarge, .mediaAgainstRules, .messageTooLarge: (.mediaTooLarge, .unspecified)
        case .mediaTypeUnsupported, .mediaUnreadable: (.mediaTypeUnsupported, .unspecified)
        case .mediaTypeUndetermined: (.mediaTypeUnsupported, .mediaTypeUndetermined)
        case .refusedByMMSC, .unrecognised: (.channelReject, .unspecified)
        case .invalidRecipient: (.recipientInvalidChannelIdentity, .unspecified)
        case .contentRejected: (.deliveryRejectedDueToPolicy, .attachmentRejected)
        case .badConfiguration, .notProvisioned: (.channelBadConfiguration, .unspecified)
        case .senderInactive: (.channelBadConfiguration, .inactiveSender)
        case .refusedByNetwork:
            (text?.speaksOfRules == true ? .deliveryRejectedDueToPolicy : .channelReject, .unspecified)
        case .recipientBlocked: (.recipientNotOptedIn, .unspecified)
        case .notSupported: (.unsupportedOperation, .unspecified)
        }
    }

    /// What is said where nobody said anything.
    private static func words(_ failure: MessageState.Failure) -> String {
        switch failure {
        case .unroutable: "No MMSC carries messages to the number"
        case .internalError: "The gateway failed"
        case .unsendable: "The message cannot be sent as it was asked for"
        case .unmatchedParameter: "A parameter of the text has no value for the recipient"
        case .expiredInQueue: "The time to live ended before the message was sent"
        case .triesUsedUp: "The channel did not take the message in any of the tries"
        case .rateLimited: "The channel takes no more messages of the account at this rate"
        case .mediaUnreachable: "The media could not be fetched"
        case .mediaTooLarge: "The media is larger than the limit"
        case .mediaTypeUnsupported: "The media is of a type that no MMS carries, or not of the type its server says"
        case .mediaTypeUndetermined: "The media server gave no Content-Type"
        case .mediaUnreadable: "The media is empty or damaged"
        case .mediaAgainstRules: "The media has more pixels or lasts longer than strict validation allows"
        case .refusedByMMSC: "The channel refused the request"
        case .invalidRecipient: "The channel does not know the number"
        case .contentRejected: "The channel refused the content"
        case .messageTooLarge: "The message is larger than the channel allows"
        case .badConfiguration: "The channel does not know the account"
        case .notProvisioned: "The account is not set up for this at the channel"
        case .senderInactive: "The channel does not serve the sender any more"
        case .refusedByNetwork: "The recipient or the network refused the message"
        case .recipientBlocked: "The recipient wants no messages"
        case .notSupported: "The recipient's handset or network does not support the message"
        case .unreachable: "The recipient could not be reached"
        case .unrecognised: "The network does not know the recipient"
        case .undelivered: "The network could not deliver the message"
        }
    }
}

extension PeerText {
    /// Whether a refusal is for what the message says, as far as its words tell.
    fileprivate var speaksOfRules: Bool {
        let words = description.lowercasedASCII
        return words.contains("policy") || words.contains("content")
    }
}
