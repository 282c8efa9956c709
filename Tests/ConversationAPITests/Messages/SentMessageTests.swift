import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What is kept of a message that an app sent")
struct SentMessageTests {
    private static let text = #"{"text_message":{"text":"Rye \"}{\\\" is ready","weight":1.50,"tags":[null,{"a":[]}]}}"#

    private static let full = SentMessage(
        appMessage: text,
        correspondence: Correspondence(
            identity: ChannelIdentity(.mms, "+1 202 555 0143"), mode: .conversation,
            conversationID: Bakery.conversation, contactID: Bakery.contact),
        metadata: "loaf-12\n\u{1}", correlationID: "oven-3", conversationMetadata: ["order": ["id": 12]],
        batchPlace: .init(batchID: Bakery.batch, index: 7),
        reason: DeliveryReason(.mediaTypeUnsupported, "No type", .mediaTypeUndetermined),
        choices: [OfferedChoice(text: "Yes", postback: "y"), OfferedChoice(text: "No", postback: nil)])

    private static let least = SentMessage(
        appMessage: "{}", correspondence: Correspondence(identity: ChannelIdentity(.sms, "x"), mode: .dispatch))

    @Test("is read as it was written", arguments: [full, least])
    func repeated(message: SentMessage) throws {
        #expect(SentMessage(message.echo) == message)
        #expect(JSONValue(text: message.echo.text)?["app_message"]?.text == message.appMessage)
    }

    @Test("has few members where there is little to keep")
    func short() {
        #expect(
            Self.least.echo.text == """
                {"identity":{"channel":"SMS","identity":"x","app_id":""},"mode":"DISPATCH","app_message":{}}
                """)
    }

    @Test(
        "is nothing of another API, and nothing damaged", arguments: ["", "{}", "[]", #"{"tags":["a"]}"#, "{\"mode\":"])
    func foreign(text: String) {
        #expect(SentMessage(Echo(text)) == nil)
    }

    @Test("its own reason is why it was not sent; all others come from its state")
    func status() {
        func message(_ state: MessageState) -> Message {
            Message(
                id: ULID(high: 0, low: 1), batch: ULID(high: 0, low: 2), recipient: MSISDN(storedDigits: "12025550143"),
                carriers: nil, state: state, changedAt: .distantPast)
        }

        #expect(Self.full.status(message(.aborted(.unsendable))) == Self.full.reason.map { .failed($0) })
        #expect(Self.full.status(message(.delivered)) == .delivered)
        #expect(Self.full.status(message(.queued)) == nil)
        #expect(Self.full.status(message(.aborted(.unroutable)))?.reason?.code == .recipientNotReachable)
    }
}
