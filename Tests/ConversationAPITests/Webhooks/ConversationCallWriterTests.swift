import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Calls of an app's webhooks")
struct ConversationCallWriterTests {
    private static let writer = BakeryEvents.writer(
        BakeryEvents.directory(BakeryEvents.webhook(1, .messageDelivery, .messageSubmit, .messageInbound, .unsupported))
    )

    private static func body(
        of event: Event, _ kind: String, at place: String = BakeryEvents.webhookID(1)
    ) async throws -> JSONValue {
        let call = try #require(try await writer.body(of: event, to: "\(kind):\(place)"))
        return try JSONValue(call.body)
    }

    @Test(
        "a receipt says how far the message is, and why it failed",
        arguments: [
            ("queued", .submitted(messageID: "north-1"), nil), ("delivered", .delivered, nil),
            ("expired", .expired, nil), ("bad-configuration", .failed(.badConfiguration), "2562 Unknown VAS"),
            ("media-type", .aborted(.mediaTypeUndetermined), nil),
            ("too-large", .aborted(.mediaTooLarge), "The file has 9 MB, the limit is 1 MB"),
        ] as [(String, MessageState, PeerText?)])
    func receipts(file: String, state: MessageState, text: PeerText?) async throws {
        let event = try BakeryEvents.event(state, try BakeryEvents.sent(), text: text)

        #expect(try await Self.body(of: event, "delivery") == (try Fixture.json("callbacks/delivery-\(file)")))
    }

    @Test("what was accepted and cannot be sent says why in the API's own words, and where it was in its batch")
    func unsendable() async throws {
        var sent = try BakeryEvents.sent()
        sent.reason = DeliveryReason(.channelConfigurationMissing, "The app has no channel RCS")
        sent.batchPlace = .init(batchID: Bakery.batch, index: 3)

        let body = try await Self.body(of: BakeryEvents.event(.aborted(.unsendable), sent), "delivery")

        let report = try #require(body["message_delivery_report"])
        #expect(report["status"] == "FAILED")
        #expect(report["reason"]?["code"] == "CHANNEL_CONFIGURATION_MISSING")
        #expect(report["batch_id"] == .string(Bakery.batch))
        #expect(report["message_index"] == 3)
    }

    @Test("what was handed over is told with the message as the app wrote it")
    func submit() async throws {
        let event = try BakeryEvents.event(.submitted(messageID: "north-1"), try BakeryEvents.sent())

        #expect(try await Self.body(of: event, "submit") == (try Fixture.json("callbacks/submit")))
    }

    @Test("what came in is told in the form that it has, with a link that is made for the call")
    func inbound() async throws {
        let crumbs = Inbound.Medium(
            StoredMedia(hash: "c0ffee", contentType: "image/jpeg", byteCount: 10), name: "crumbs.jpg")
        let events: [(String, Event)] = [
            ("text", try BakeryEvents.inbound(BakeryEvents.received(.text), text: "Two, please")),
            ("media", try BakeryEvents.inbound(BakeryEvents.received(.medium(0)), media: [crumbs])),
            (
                "media-card",
                try BakeryEvents.inbound(
                    BakeryEvents.received(.medium(0)), text: "All that is left", media: [crumbs])
            ),
            (
                "media-dispatch",
                try BakeryEvents.inbound(BakeryEvents.received(.medium(0), mode: .dispatch), media: [crumbs])
            ),
        ]

        for (file, event) in events {
            #expect(try await Self.body(of: event, "inbound.0") == (try Fixture.json("callbacks/inbound-\(file)")))
        }
    }

    @Test("the answer to a choice has the metadata of both requests")
    func choice() async throws {
        var received = BakeryEvents.received(.choice(messageID: Bakery.message, postback: #"{"loaves":2}"#))
        received.conversationMetadata = #"{"order":{"id":12}}"#
        received.parts[0].metadata = "ask-1"

        let body = try await Self.body(of: BakeryEvents.inbound(received, text: "Two"), "inbound.0")

        #expect(body == (try Fixture.json("callbacks/inbound-choice-response")))
    }

    @Test("what cannot be shown is told in both ways")
    func unsupported() async throws {
        let event = try BakeryEvents.inbound(BakeryEvents.received(.unsupported(.emptyMessage)))

        #expect(try await Self.body(of: event, "inbound.0") == (try Fixture.json("callbacks/inbound-empty")))
        #expect(try await Self.body(of: event, "unsupported.0") == (try Fixture.json("callbacks/unsupported-empty")))
    }

    @Test("a notice is told in the words in which it was written down")
    func notice() async throws {
        let text = String(decoding: try Fixture.bytes("callbacks/batch-status"), as: UTF8.self)
        let notice = Notice("BATCH_STATUS_UPDATE", text: text, of: BakeryEvents.owner)
        let event = Event(
            id: 1, owner: BakeryEvents.owner, subject: .notice(notice), createdAt: BakeryEvents.heard)

        let call = try await Self.writer.body(of: event, to: "BATCH_STATUS_UPDATE:\(BakeryEvents.webhookID(1))")

        #expect(call?.body == Array(text.utf8))
    }

    @Test("a call goes to the webhook's target with its secret, or to the message's own address with the app's")
    func receivers() async throws {
        let event = try BakeryEvents.event(
            .delivered, try BakeryEvents.sent(), callbackURL: "https://bakery.example/receipts?x=1")

        let own = try #require(try await Self.writer.body(of: event, to: "delivery:@https://bakery.example:443"))
        let webhook = try #require(
            try await Self.writer.body(of: event, to: "delivery:\(BakeryEvents.webhookID(1))"))

        #expect(own.url == "https://bakery.example/receipts?x=1")
        #expect(own.credentials.secret == Secret("of the app"))
        #expect(webhook.url == "https://hooks1.bakery.example/calls")
        #expect(webhook.credentials.secret == Secret("secret 1"))
        #expect(own.body == webhook.body)
    }

    @Test("nobody is called at a webhook or for an app that is gone, or under a name that is no target")
    func gone() async throws {
        let event = try BakeryEvents.event(.delivered, try BakeryEvents.sent())
        let target = "delivery:\(BakeryEvents.webhookID(1))"

        for name in ["delivery:\(BakeryEvents.webhookID(9))", "", "delivery", "delivery:", "x:1", "inbound.x:1"] {
            #expect(try await Self.writer.body(of: event, to: name) == nil)
            #expect(Self.writer.address(of: name, of: BakeryEvents.owner) == nil)
        }
        #expect(try await BakeryEvents.writer(Directory()).body(of: event, to: target) == nil)
        #expect(BakeryEvents.writer(Directory()).address(of: target, of: BakeryEvents.owner) == nil)
        #expect(Self.writer.address(of: target, of: BakeryEvents.owner) == "https://hooks1.bakery.example/calls")
    }

    @Test("the end of a message that waited for its app goes to the first webhook for receipts, or to its own address")
    func waited() async throws {
        let event = try BakeryEvents.event(.delivered, try BakeryEvents.sent())

        let call = try #require(try await Self.writer.body(of: event, to: "delivery:*"))

        #expect(call.url == "https://hooks1.bakery.example/calls")
        #expect(try await BakeryEvents.writer(Directory()).body(of: event, to: "delivery:*") == nil)
        var sent = try #require(event.batch)
        sent.order.callbackURL = "https://bakery.example/own"
        guard case .message(let message, _) = event.subject else { return }
        let own = Event(id: 1, owner: event.owner, subject: .message(message, sent), createdAt: event.createdAt)
        let unsigned = try await BakeryEvents.writer(Directory()).body(
            of: own, to: "delivery:@https://bakery.example:443")
        #expect(unsigned?.url == "https://bakery.example/own")
        #expect(unsigned?.credentials.secret == nil)
    }

    @Test("what this API cannot have kept is broken, and not told as something else")
    func broken() async throws {
        var event = try BakeryEvents.event(.delivered, try BakeryEvents.sent())
        guard case .message(let message, var batch) = event.subject else { return }
        batch.order.echo = Echo()
        event = Event(id: 1, owner: event.owner, subject: .message(message, batch), createdAt: event.createdAt)

        await #expect(throws: StoreFailure.self) {
            try await Self.writer.body(of: event, to: "delivery:\(BakeryEvents.webhookID(1))")
        }
    }
}
