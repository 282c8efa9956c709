import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What becomes of a message that was accepted")
struct AcceptanceTests {
    private var shop = Shop()

    @Test("it is a batch of one recipient, with all that is given back in its echo")
    func plain() throws {
        let send = try shop.send()

        #expect(send.batch.owner == .app(Bakery.app, project: Bakery.project))
        #expect(send.batch.order.recipients == [send.message.recipient.digits])
        #expect(send.message.batch == send.batch.id)
        #expect(send.message.state == .queued)
        #expect(send.message.carriers == Carriers(["north"]))
        #expect(send.batch.order.interest == [.submitted, .final])
        #expect(send.entry?.isOfConversation == false)
        let echo = try send.echo
        #expect(JSONValue(text: echo.appMessage) == (try Fixture.json("requests/send-text")["message"]))
        #expect(echo.correspondence.mode == .dispatch)
        #expect(echo.reason == nil)
    }

    @Test("the request's words come back", arguments: [false, true])
    func words(isEngaged: Bool) throws {
        let send = try shop.send(engaged: isEngaged) { body in
            body["message_metadata"] = "loaf-12"
            body["correlation_id"] = "oven-3"
            body["conversation_metadata"] = ["order": ["id": 12]]
            body["callback_url"] = "https://hooks.example/loaf"
        }

        let echo = try send.echo
        #expect(echo.metadata == "loaf-12")
        #expect(echo.correlationID == "oven-3")
        #expect(echo.conversationMetadata == (isEngaged ? nil : ["order": ["id": 12]]))
        #expect(echo.correspondence.contactID == (isEngaged ? Bakery.contact : ""))
        #expect(echo.correspondence.conversationID == (isEngaged ? Bakery.conversation : ""))
        #expect(send.batch.order.callbackURL == "https://hooks.example/loaf")
    }

    @Test(
        "a time to live ends it, as far as any message lives",
        arguments: [("60s", 60), ("259200s", 259_200), ("315576000000s", 259_200), (nil, 259_200)])
    func timeToLive(ttl: String?, seconds: Int) throws {
        let send = try shop.send { $0["ttl"] = ttl.map { .string($0) } }

        #expect(send.batch.order.expireAt == Shop.now + .seconds(seconds))
    }

    @Test("HIGH_PRIORITY goes first")
    func urgent() throws {
        #expect(try shop.send { $0["queue"] = "HIGH_PRIORITY" }.isUrgent)
        #expect(try !shop.send { $0["queue"] = "NORMAL_PRIORITY" }.isUrgent)
    }

    @Test("what offers answers is an offer")
    func offers() throws {
        let send = try shop.send("send-choice")

        #expect(send.isOffer)
        #expect(try send.echo.choices.isEmpty == false)
        #expect(try !shop.send().isOffer)
    }

    @Test("a file keeps the name that its app gives it, and strict validation is asked for")
    func media() throws {
        let send = try shop.send("send-media-strict") { body in
            body["message"]?["media_message"]?["filename_override"] = "../oven/rye.jpg"
        }

        #expect(send.batch.order.content.media.map(\.filename) == ["../oven/rye.jpg"])
        #expect(send.batch.order.content.isStrict)
    }

    @Test("the MMSC's acceptance is told where the operator or a webhook wants it")
    func interest() throws {
        var quiet = Shop()
        quiet.settings.notifiesQueued = false
        #expect(try quiet.send().batch.order.interest == .final)

        quiet.app.webhooks = [
            .init(id: Bakery.message, target: "https://hooks.example/a", triggers: [.messageSubmit])
        ]
        #expect(try quiet.send().batch.order.interest == [.submitted, .final])
    }

    @Test("lists have it as long as its app says")
    func lists() throws {
        var keeping = Shop()
        #expect(try keeping.send().entry?.keptUntil == Shop.now + .seconds(3 * 86_400), "at least so long")
        keeping.app.dispatchRetention = .seconds(7 * 86_400)
        let dispatched = try #require(try keeping.send().entry)
        #expect(dispatched.keptUntil == Shop.now + .seconds(7 * 86_400))
        #expect(!dispatched.isOfConversation)

        keeping.app.processingMode = .conversation
        keeping.app.retention = nil
        let kept = try #require(try keeping.send(engaged: true).entry)
        #expect(kept.keptUntil == nil)
        #expect(kept.isOfConversation)
        #expect(kept.contact?.description == Bakery.contact)
        #expect(kept.conversation?.description == Bakery.conversation)

        let alone = try #require(try keeping.send { $0["processing_strategy"] = "DISPATCH_ONLY" }.entry)
        #expect(!alone.isOfConversation)
    }
}
