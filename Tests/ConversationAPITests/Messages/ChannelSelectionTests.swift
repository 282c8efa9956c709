import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Where a message goes")
struct ChannelSelectionTests {
    private static let ann = ChannelIdentity(.mms, "+12025550117")
    private static let texts = ChannelIdentity(.sms, "+12025550118")

    @Test("MMS is sent, and other channels that the app has are passed over")
    func passedOver() throws {
        let number = try ChannelSelection.number(
            among: [Self.texts, Self.ann], ofContact: false, order: [.sms, .mms], configured: [.mms, .sms])

        #expect(number.digits == "12025550117")
    }

    @Test("a contact may have names on channels that the app does not have")
    func contact() throws {
        let number = try ChannelSelection.number(
            among: [Self.texts, Self.ann], ofContact: true, order: [], configured: [.mms])

        #expect(number.digits == "12025550117")
    }

    @Test(
        "else the message fails with a reason",
        arguments: [
            ([ann], [.mms, .rcs], [.mms], .channelConfigurationMissing),
            ([ann, texts], [], [.mms], .channelConfigurationMissing),
            ([texts], [], [.sms], .channelConfigurationMissing),
            ([ann, texts], [.sms], [.mms, .sms], .noChannelsLeft),
            ([texts], [.mms], [.mms, .sms], .noChannelIdentityForContact),
            ([ChannelIdentity(.mms, "Ann")], [], [.mms], .recipientInvalidChannelIdentity),
        ] as [([ChannelIdentity], [Channel], Set<Channel>, DeliveryReason.Code)])
    func failures(
        identities: [ChannelIdentity], order: [Channel], configured: Set<Channel>, code: DeliveryReason.Code
    ) {
        let reason = #expect(throws: DeliveryReason.self) {
            try ChannelSelection.number(among: identities, ofContact: false, order: order, configured: configured)
        }

        #expect(reason?.code == code)
    }

    @Test("the sender is that of the request, else the app's")
    func sender() throws {
        let other = Originator("12025550169")

        #expect(try ChannelProperties(sender: "+12025550160").originator(default: other).text == "12025550160")
        #expect(try ChannelProperties().originator(default: other) == other)
        #expect(throws: DeliveryReason.self) { try ChannelProperties().originator(default: nil) }
        #expect(throws: DeliveryReason.self) {
            try ChannelProperties(sender: "a name too long").originator(default: other)
        }
    }
}
