import CustomerServing
import Foundation
import GatewayCore
import HTTPServing
import Testing

@testable import ConversationAPI

@Suite("Bodies of calls to webhooks")
struct CallbackTests {
    private static let ann = ChannelIdentity(.mms, "+1 202 555 0117")
    private static let kept = Correspondence(
        identity: ann, mode: .conversation, conversationID: Bakery.conversation, contactID: Bakery.contact)
    private static let heard = Date(timeIntervalSince1970: 1_773_065_102)

    private static func callback(
        _ event: Callback.Event, metadata: String = "", correlation: String? = ""
    ) throws -> JSONValue {
        try JSONValue(
            printing: Callback(
                appID: Bakery.app, projectID: Bakery.project, acceptedTime: Timestamp(heard),
                eventTime: Timestamp(heard - 0.5), messageMetadata: metadata, correlationID: correlation, event: event))
    }

    @Test(
        "a receipt says how far the message is, and why it failed",
        arguments: [
            ("queued", .submitted(messageID: "north-1"), nil), ("delivered", .delivered, nil),
            ("expired", .expired, nil),
            ("bad-configuration", .failed(.badConfiguration), "2562 Unknown VAS"),
            ("media-type", .aborted(.mediaTypeUndetermined), nil),
            ("too-large", .aborted(.mediaTooLarge), "The file has 9 MB, the limit is 1 MB"),
        ] as [(String, MessageState, PeerText?)])
    func receipts(file: String, state: MessageState, text: PeerText?) throws {
        let status = try #require(DeliveryStatus(state, text: text))

        let body = try Self.callback(
            .delivery(
                DeliveryReportBody(
                    messageID: Bakery.message, correspondence: Self.kept, status: status, metadata: "loaf-12")),
            correlation: "oven-3")

        #expect(body == (try Fixture.json("callbacks/delivery-\(file)")))
    }

    @Test("a message of a batch that was never made says where it was in it")
    func inBatch() throws {
        let request = try BatchSendRequest(body: try Fixture.bytes("requests/batch"))
        let recipient = request.recipients[1]
        let reason = try #require(
            #expect(throws: DeliveryReason.self) { try request.message.message(with: recipient.parameters) })

        let body = try Self.callback(
            .delivery(
                DeliveryReportBody(
                    messageID: "",
                    correspondence: Correspondence(identity: .init(.mms, "12025550118"), mode: .dispatch),
                    status: .failed(reason), metadata: request.messageMetadata(of: recipient, batchID: Bakery.batch),
                    batchPlace: .init(batchID: Bakery.batch, index: 1))))

        #expect(body == (try Fixture.json("callbacks/delivery-in-batch")))
    }

    @Test(
        "what came in is told in the form that it has",
        arguments: [
            ("text", .text("Two, please")), ("media", .media(url: "https://mms.example/media/crumbs.jpg")),
            ("media-card", .mediaCard(url: "https://mms.example/media/crumbs.jpg", caption: "All that is left")),
            ("media-dispatch", .media(url: "https://mms.example/media/crumbs.jpg")),
        ] as [(String, ContactMessage.Body)])
    func inbound(file: String, message: ContactMessage.Body) throws {
        let isDispatch = file == "media-dispatch"
        let body = try Self.callback(
            .inbound(
                InboundMessageBody(
                    id: "01KN6MZ5G0ANSWER0000000001", message: ContactMessage(message),
                    correspondence: isDispatch ? Correspondence(identity: Self.ann, mode: .dispatch) : Self.kept,
                    acceptTime: Timestamp(Self.heard), senderID: "12025550160")))

        #expect(body == (try Fixture.json("callbacks/inbound-\(file)")))
    }

    @Test("the answer to a choice has the metadata of both requests")
    func choice() throws {
        let response = ChoiceResponse(messageID: Bakery.message, postback: #"{"loaves":2}"#, metadata: "ask-1")

        let body = try Self.callback(
            .inbound(
                InboundMessageBody(
                    id: "01KN6MZ5G0ANSWER0000000001",
                    message: ContactMessage(.choice(response), replyTo: response.messageID),
                    correspondence: Self.kept, metadata: response.metadata, acceptTime: Timestamp(Self.heard),
                    senderID: "12025550160")),
            metadata: #"{"order":{"id":12}}"#)

        #expect(body == (try Fixture.json("callbacks/inbound-choice-response")))
    }

    @Test("every other event has its form")
    func others() throws {
        let conversation = Conversation(appID: Bakery.app, contactID: Bakery.contact, on: .mms)
        let contact = try Contact(body: try Fixture.bytes("requests/contact-create"))
        let bodies: [(String, JSONValue)] = [
            (
                "submit",
                try Self.callback(
                    .submit(
                        SubmitNotification(
                            messageID: Bakery.message, correspondence: Self.kept,
                            message: JSONVerbatim(try Fixture.message("send-text").source.text), metadata: "loaf-12")),
                    correlation: "oven-3")
            ),
            (
                "unsupported",
                try Self.callback(
                    .unsupported(UnsupportedCallback(correspondence: Self.kept, payload: "ReadReplyReq")))
            ),
            (
                "batch-status",
                try Self.callback(
                    .batchStatus(
                        BatchStatusNotification(
                            batchID: Bakery.batch, phase: .processed, metadata: ["week": "12"],
                            sendAfter: Timestamp(Self.heard - 2))), correlation: nil)
            ),
            (
                "conversation-start",
                try Self.callback(.conversationStart(conversation.printed(id: Bakery.conversation)))
            ),
            ("contact-create", try Self.callback(.contactCreate(contact.printed(id: Bakery.contact)))),
        ]

        for (file, body) in bodies { #expect(body == (try Fixture.json("callbacks/\(file)")), "\(file)") }
    }

    @Test("a message that is kept is printed as lists have it")
    func message() throws {
        let printed = PrintedMessage(
            id: Bakery.message, content: .toContact(JSONVerbatim(try Fixture.message("send-text").source.text)),
            correspondence: Self.kept, metadata: "loaf-12",
            acceptTime: Timestamp(Date(timeIntervalSince1970: 1_773_064_800.042)))

        #expect(try JSONValue(printing: printed) == (try Fixture.json("resources/message")))
    }
}
