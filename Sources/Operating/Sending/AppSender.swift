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

/// The message that `send` posts, in the words of the Conversation API: media alone, or a card with a title, which
/// becomes the subject, and a text.
package struct AppSendBody: Encodable {
    let app: String
    let recipient: String
    let sender: String?
    package var media: String
    let text: String?
    let subject: String?

    /// - Parameters:
    ///   - sender: nil for the app's own.
    ///   - media: a URL.
    package init(
        app: String, to recipient: String, from sender: String?, media: String, text: String?, subject: String?
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
        let media = Media(url: media)
        try members.encode(
            text == nil && subject == nil
                ? Message(media: media)
                : Message(card: Card(title: subject, description: text, media: media)), forKey: .message)
        if let sender { try members.encode(["MMS_SENDER": sender], forKey: .properties) }
    }

    private struct Message: Encodable {
        var media: Media?
        var card: Card?

        enum CodingKeys: String, CodingKey {
            case media = "media_message"
            case card = "card_message"
        }
    }

    private struct Card: Encodable {
        let title: String?
        let description: String?
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
