import CustomerServing
import GatewayCore

/// Where a message goes: to a number by MMS, the one channel there is, or nowhere.
enum ChannelSelection {
    /// The number that a message is sent to.
    ///
    /// Other channels of the order and other identities are passed over, if the app has them; one that it does not have
    /// ends the message even where another could carry it.
    ///
    /// - Parameters:
    ///   - identities: those of the request, or of the contact.
    ///   - order: of the request; empty where that has none.
    ///   - configured: the channels that the app has credentials of.
    /// - Throws: why the message fails.
    static func number(
        among identities: [ChannelIdentity], ofContact isContact: Bool, order: [Channel], configured: Set<Channel>
    ) throws(DeliveryReason) -> MSISDN {
        let named = order + (isContact ? [] : identities.map(\.channel))
        if let missing = named.first(where: { !configured.contains($0) }) {
            throw DeliveryReason(
                .channelConfigurationMissing, "The app has no credentials of the channel \(missing.rawValue)")
        }
        guard configured.contains(.mms) else {
            throw DeliveryReason(.channelConfigurationMissing, "The app has no credentials of the channel MMS")
        }
        guard order.isEmpty || order.contains(.mms) else {
            throw DeliveryReason(.noChannelsLeft, "MMS, the one channel served here, is not in channel_priority_order")
        }
        guard let identity = identities.first(where: { $0.channel == .mms }) else {
            throw DeliveryReason(
                .noChannelIdentityForContact, "The recipient has no identity on the channel MMS")
        }
        guard let number = identity.number else {
            throw DeliveryReason(
                .recipientInvalidChannelIdentity,
                "The identity on the channel MMS is not a number of 7 to 15 digits\(identity.identity.hiddenObstacle)")
        }
        return number
    }
}
