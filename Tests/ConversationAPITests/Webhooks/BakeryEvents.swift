import Foundation
import GatewayCore
import Testing

@testable import ConversationAPI

/// An app with webhooks, and what happens to its messages.
enum BakeryEvents {
    static let owner = Owner.app(Bakery.app, project: Bakery.project)
    static let heard = Date(timeIntervalSince1970: 1_773_065_102)
    static let kept = Correspondence(
        identity: ChannelIdentity(.mms, "+1 202 555 0117"), mode: .conversation,
        conversationID: Bakery.conversation, contactID: Bakery.contact)

    static func webhook(_ number: Int, _ triggers: Project.Trigger...) -> Project.Webhook {
        var webhook = Project.Webhook(
            id: webhookID(number), target: "https://hooks\(number).bakery.example/calls", triggers: triggers)
        webhook.credentials.secret = Secret("secret \(number)")
        return webhook
    }

    static func webhookID(_ number: Int) -> String { "01KN6MZ5G0BAKERYH00K00000\(number)" }

    static func directory(_ webhooks: Project.Webhook...) -> Directory {
        var app = Project.App(id: Bakery.app, numbers: ["12025550160"])
        app.webhooks = webhooks
        app.callbackSecret = Secret("of the app")
        return Directory(projects: [Project(id: Bakery.project, accessKeys: [], apps: [app])])
    }

    static func writer(_ directory: Directory) -> ConversationCallWriter {
        ConversationCallWriter(
            directory: CurrentDirectory(directory), links: CrumbLinks(), clock: SteadyClock(), callsPerSecond: 25)
    }

    static func batch(_ sent: SentMessage, callbackURL: String? = nil) throws -> Batch {
        let order = Order(
            to: ["12025550117"], from: try #require(Originator("12025550160")), content: Content(text: "x"),
            expireAt: heard + .seconds(3600), callbackURL: callbackURL, echo: sent.echo)
        return Batch(
            order, id: try #require(ULID("01KN6MZ5G0F00VR00000000001")), owner: owner, createdAt: heard)
    }

    static func sent() throws -> SentMessage {
        var sent = SentMessage(
            appMessage: try Fixture.message("send-text").source.text, correspondence: kept)
        sent.metadata = "loaf-12"
        sent.correlationID = "oven-3"
        return sent
    }

    static func event(
        _ state: MessageState, _ sent: SentMessage, text: PeerText? = nil, callbackURL: String? = nil
    ) throws -> Event {
        let batch = try batch(sent, callbackURL: callbackURL)
        let message = Message(
            id: try #require(ULID(Bakery.message)), batch: batch.id, recipient: try #require(MSISDN("12025550117")),
            carriers: nil, state: state, changedAt: heard, networkTime: heard - 0.5, statusText: text)
        return Event(id: 1, owner: owner, subject: .message(message, batch), createdAt: heard)
    }

    static func inbound(
        _ received: ReceivedMessage, text: String? = nil, media: [Inbound.Medium] = []
    ) throws -> Event {
        let inbound = Inbound(
            id: try #require(ULID("01KN6MZ5G0ANSWER0000000001")), owner: owner, from: "12025550117",
            to: "12025550160", receivedAt: heard, sentAt: heard - 0.5, text: text, media: media,
            echo: received.echo)
        return Event(id: 1, owner: owner, subject: .inbound(inbound), createdAt: heard)
    }

    static func received(
        _ content: ReceivedMessage.Content..., mode: ProcessingMode = .conversation
    ) -> ReceivedMessage {
        let isKept = mode == .conversation
        return ReceivedMessage(
            mode: mode, contactID: isKept ? Bakery.contact : "", conversationID: isKept ? Bakery.conversation : "",
            subject: .whenAlone,
            parts: content.compactMap { content in
                ULID("01KN6MZ5G0ANSWER0000000001").map { ReceivedMessage.Part(id: $0, content: content) }
            })
    }
}

private struct CrumbLinks: MediaLinks {
    func url(for media: StoredMedia, fileName: String, now: Date) -> String { "https://mms.example/media/\(fileName)" }
}
