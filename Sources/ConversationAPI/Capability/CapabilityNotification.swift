import GatewayCore

/// `capability_notification`: whether somebody can be reached on a channel.
struct CapabilityNotification: Encodable, Equatable {
    /// Empty where no contact is known to be meant.
    let contactID: String
    let channel: Channel
    /// Empty where the contact has none on the channel.
    let identity: String
    let status: Status
    let requestID: String
    /// Why they cannot be reached; nil where they can.
    let reason: DeliveryReason?

    enum Status: String, Encodable {
        case full = "CAPABILITY_FULL"
        case none = "NO_CAPABILITY"
    }

    private enum CodingKeys: String, CodingKey {
        case contactID = "contact_id"
        case channel, identity
        case status = "capability_status"
        case requestID = "request_id"
        case reason
    }

    /// The answer for MMS, where nobody can be asked: whoever has a number counts as reachable.
    ///
    /// - Parameter identities: the names that channels have for them.
    init(of identities: [ChannelIdentity], contactID: String, requestID: String) {
        let own = identities.first { $0.channel == .mms }
        self.contactID = contactID
        channel = .mms
        identity = own?.identity ?? ""
        self.requestID = requestID
        reason =
            switch own {
            case nil: DeliveryReason(.noChannelIdentityForContact, "The recipient has no identity on the channel MMS")
            case let own? where own.number == nil:
                DeliveryReason(
                    .recipientInvalidChannelIdentity, "The recipient's identity on the channel MMS is no number")
            case _?: nil
            }
        status = reason == nil ? .full : .none
    }
}
