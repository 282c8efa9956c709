import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("What fails after it was accepted")
struct AcceptanceFailureTests {
    private var shop = Shop()

    private func expectFailure(
        _ send: AppSend, _ code: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(send.message.state == .aborted(.unsendable), sourceLocation: sourceLocation)
        #expect(send.message.carriers == nil, sourceLocation: sourceLocation)
        #expect(send.batch.order.content == Content(), sourceLocation: sourceLocation)
        #expect(send.batch.order.groups.isEmpty, sourceLocation: sourceLocation)
        let reason = try send.reason
        #expect(reason.hasPrefix(code + ": "), "\(reason)", sourceLocation: sourceLocation)
        #expect(send.batch.order.interest.contains(.final), sourceLocation: sourceLocation)
    }

    @Test("an app without an account of MMS")
    func noAccount() throws {
        var shop = shop
        shop.app.account = nil
        #expect(try shop.send().message.state == .queued, "one of the configuration has its MMSC's")
        shop.app.isConfigured = false

        try expectFailure(try shop.send(), "CHANNEL_CONFIGURATION_MISSING")
    }

    @Test("a channel that the app does not have, even beside MMS; one that it has is passed over")
    func otherChannel() throws {
        let order: JSONValue = ["MMS", "SMS"]
        try expectFailure(
            try shop.send { $0["channel_priority_order"] = order }, "CHANNEL_CONFIGURATION_MISSING")

        var both = shop
        both.app.otherChannels = ["SMS"]
        #expect(try both.send { $0["channel_priority_order"] = order }.message.state == .queued)
    }

    @Test("no sender, and one that is none")
    func sender() throws {
        var shop = shop
        shop.app.defaultSender = nil

        try expectFailure(try shop.send { $0["channel_properties"] = nil }, "BAD_REQUEST")
        try expectFailure(
            try shop.send { $0["channel_properties"] = ["MMS_SENDER": "+1 202 555 0100 ext. 7"] }, "BAD_REQUEST")
    }

    @Test("a number that is none, also one that looks like the id of a group")
    func number() throws {
        for text in ["12", "somebody", "01KN6MZ5G0BAKERY0000000001"] {
            let send = try shop.send { body in
                body["recipient"] = [
                    "identified_by": ["channel_identities": [["channel": "MMS", "identity": .string(text)]]]
                ]
            }

            try expectFailure(send, "RECIPIENT_INVALID_CHANNEL_IDENTITY")
            #expect(send.message.recipient.digits.isEmpty)
            #expect(try send.echo.correspondence.identity.identity == text)
        }
    }

    @Test("what MMS has no words for", arguments: ["send-list", "send-contact-info", "send-template"])
    func unsupported(name: String) throws {
        let send = try shop.send(name)

        try expectFailure(send, "UNSUPPORTED_OPERATION")
        #expect(!send.message.recipient.digits.isEmpty)
    }

    @Test("a text that is longer than a page of an MMS with its choices")
    func long() throws {
        let send = try shop.send("send-choice") { body in
            body["message"]?["choice_message"]?["text_message"] = ["text": .string(String(repeating: "a", count: 5000))]
        }

        try expectFailure(send, "BAD_REQUEST")
    }

    @Test("a contact that there is not, and one without a name on the channel")
    func contacts() throws {
        try expectFailure(try shop.send(to: .nobody), "CONTACT_NOT_FOUND")

        var both = shop
        both.app.otherChannels = ["SMS"]
        let contact = try Shop.contact([ContactIdentity(channel: "SMS", identity: "12025550117")])
        try expectFailure(try both.send(to: .contact(contact)), "NO_CHANNEL_IDENTITY_FOR_CONTACT")
    }

    @Test("a number that no route covers has a reason of its own")
    func unroutable() throws {
        let send = try shop.send { body in
            body["recipient"] = [
                "identified_by": ["channel_identities": [["channel": "MMS", "identity": "+46 70 257 14 92"]]]
            ]
        }

        #expect(send.message.state == .aborted(.unroutable))
        #expect(try send.reason.hasPrefix("RECIPIENT_NOT_REACHABLE"))
    }

    @Test("a failed message is in lists as any other")
    func listed() throws {
        var keeping = shop
        keeping.app.dispatchRetention = .seconds(86_400)

        #expect(try keeping.send(to: .nobody).entry?.identity == ContactIdentity(channel: "MMS", identity: ""))
    }
}
