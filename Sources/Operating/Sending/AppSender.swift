import CurlHTTP
import HTTPServing

/// Sends as an app, by the Conversation API.
package struct AppSender: Sendable {
    private let api: LocalAPI
    private let project: String

    /// - Parameter api: with an access key of the project.
    package init(project: String, by api: LocalAPI) {
        self.project = project
        self.api = api
    }

    /// Sends to one recipient and returns the message's id.
    package func send(_ body: AppSendBody) async throws -> String {
        let response = try await api.call(
            .post, "/v1/projects/\(project)/messages:send", JSONText.bytes(of: body))
        guard response.status == 200 else { throw SendFailure(refused: response) }
        return try api.read(Taken.self, from: response).id
    }

    private struct Taken: Decodable {
        let id: String

        enum CodingKeys: String, CodingKey {
            case id = "message_id"
        }
    }
}

/// The message that `send` posts, in the words of the Conversation API: a medium alone, or a card with a title, which
/// becomes the subject, and a text; for several media cards side by side, the first with title and text.
package struct AppSendBody: Encodable {
    let app: String
    let recipient: String
    let sender: String?
    let media: [String]
    let text: String?
    let subject: String?

    /// - Parameters:
    ///   - sender: nil for the app's own.
    ///   - media: URLs, one at least.
    package init(
        app: String, to recipient: String, from sender: String?, media: [String], text: String?, subject: String?
    ) {
        self.app = app
        self.recipient = recipient
        self.sender = sender
        self.media = media
        self.text = text
        self.subject = subject
    }

    private enum CodingKeys: String, CodingKey {
        case app = "app_id"
        case recipient, message
        case properties = "channel_properties"
    }

    package func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(app, forKey: .app)
        let identity = ["channel": "MMS", "identity": recipient]
        try members.encode(["identified_by": ["channel_identities": [identity]]], forKey: .recipient)
        try members.encode(message, forKey: .message)
        if let sender { try members.encode(["MMS_SENDER": sender], forKey: .properties) }
    }

    private var message: Message {
        let media = media.map { Media(url: $0) }
        guard let first = media.first, media.count > 1 || text != nil || subject != nil else {
            return Message(media: media.first)
        }
        let card = Card(title: subject, description: text, media: first)
        guard media.count > 1 else { return Message(card: card) }
        return Message(carousel: Carousel(cards: [card] + media.dropFirst().map { Card(media: $0) }))
    }

    private struct Message: Encodable {
        var media: Media?
        var card: Card?
        var carousel: Carousel?

        enum CodingKeys: String, CodingKey {
            case media = "media_message"
            case card = "card_message"
            case carousel = "carousel_message"
        }
    }

    private struct Carousel: Encodable {
        let cards: [Card]
    }

    private struct Card: Encodable {
        var title: String?
        var description: String?
        let media: Media

        enum CodingKeys: String, CodingKey {
            case title, description
            case media = "media_message"
        }
    }

    private struct Media: Encodable {
        let url: String
    }
}
