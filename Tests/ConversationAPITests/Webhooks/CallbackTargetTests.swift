import GatewayCore
import Testing

@testable import ConversationAPI

@Suite("Whom an app's events go to")
struct CallbackTargetTests {
    private static let directory = BakeryEvents.directory(
        BakeryEvents.webhook(1, .messageDelivery), BakeryEvents.webhook(2, .messageSubmit, .messageDelivery),
        BakeryEvents.webhook(3, .messageInbound), BakeryEvents.webhook(4, .unsupported, .messageInbound),
        BakeryEvents.webhook(5, .batchStatusUpdate, .contactCreate))

    /// With the numbers of the webhooks in place of their ids.
    private static func targets(
        _ kind: Event.Occasion.Kind, at server: String = "", in directory: Directory = directory,
        notifiesQueued: Bool = true
    ) -> [String] {
        let occasion = Event.Occasion(owner: BakeryEvents.owner, kind: kind, batchTarget: server)
        return CallbackTarget.all(of: occasion, in: directory, notifiesQueued: notifiesQueued).map(short)
    }

    private static func short(_ target: CallbackTarget) -> String {
        target.name.replacing("01KN6MZ5G0BAKERYH00K00000", with: "")
    }

    @Test(
        "a final state goes to each webhook that asks for receipts, whatever the state",
        arguments: MessageState.allFinal)
    func final(state: MessageState) {
        #expect(Self.targets(.message(state)) == ["delivery:1", "delivery:2"])
    }

    @Test("that an MMSC has it goes to those that ask for receipts, and to those that ask for submissions")
    func submitted() {
        let state = MessageState.submitted(messageID: "x")

        #expect(Self.targets(.message(state)) == ["submit:2", "delivery:1", "delivery:2"])
        #expect(Self.targets(.message(state), notifiesQueued: false) == ["submit:2"])
    }

    @Test("a receipt follows the submission at the same webhook")
    func order() {
        #expect(CallbackTarget("delivery:2")?.followed?.name == "submit:2")
        #expect(CallbackTarget("submit:2")?.followed == nil)
    }

    @Test("the address that a message names gets its receipts alone, in place of all webhooks")
    func ownAddress() {
        let server = "https://bakery.example:443"

        #expect(
            Self.targets(.message(.submitted(messageID: "x")), at: server)
                == ["submit:2", "delivery:@https://bakery.example:443"])
        #expect(Self.targets(.message(.delivered), at: server) == ["delivery:@https://bakery.example:443"])
        #expect(
            Self.targets(.notice(name: "MESSAGE_DELIVERY"), at: server)
                == ["MESSAGE_DELIVERY:@https://bakery.example:443"])
    }

    @Test("a notice goes to those that ask for its trigger, and a receipt among them where receipts go")
    func notices() {
        #expect(Self.targets(.notice(name: "CONTACT_CREATE")) == ["CONTACT_CREATE:5"])
        #expect(Self.targets(.notice(name: "BATCH_STATUS_UPDATE")) == ["BATCH_STATUS_UPDATE:5"])
        #expect(Self.targets(.notice(name: "MESSAGE_DELIVERY")) == ["MESSAGE_DELIVERY:1", "MESSAGE_DELIVERY:2"])
        #expect(Self.targets(.notice(name: "CONVERSATION_START")).isEmpty)
        #expect(Self.targets(.notice(name: "SOMETHING")).isEmpty)
    }

    @Test("what came in goes to those that ask for it, and what cannot be shown also to those that ask for that")
    func inbound() throws {
        let app = try #require(Self.directory.app(BakeryEvents.owner)?.app)
        func targets(_ content: ReceivedMessage.Content) -> [String] {
            let part = ReceivedMessage.Part(id: ULID(high: 1, low: 1), content: content)
            return CallbackTarget.all(of: 2, part, of: app).map(Self.short)
        }

        #expect(targets(.medium(2)) == ["inbound.2:3", "inbound.2:4"])
        #expect(targets(.unsupported(.mediaLost)) == ["inbound.2:3", "inbound.2:4", "unsupported.2:4"])
        #expect(Self.targets(.inbound).isEmpty)
    }

    @Test("the end of a message waits for an app that is not there, or goes to the address that the message names")
    func gone() {
        #expect(Self.targets(.message(.delivered), in: Directory()) == ["delivery:*"])
        #expect(Self.targets(.message(.submitted(messageID: "x")), in: Directory()).isEmpty)
        #expect(Self.targets(.message(.delivered), at: "http://a:80", in: Directory()) == ["delivery:@http://a:80"])
    }

    @Test(
        "a name is read as it was written",
        arguments: [
            "delivery:1", "submit:1", "inbound.0:1", "inbound.12:1", "unsupported.3:1", "CONTACT_CREATE:1",
            "delivery:@https://a.example:443", "delivery:*",
        ])
    func names(name: String) {
        #expect(CallbackTarget(name)?.name == name)
    }
}
