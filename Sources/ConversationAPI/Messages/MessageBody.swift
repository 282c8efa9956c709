import CustomerServing

/// What a message says, in one of the API's forms.
enum MessageBody: Equatable, Sendable {
    case text(String)
    case media(MediaMessage)
    case card(Card)
    case choice(ChoiceMessage)
    case carousel(Carousel)
    case location(Location)
    case list(ListMessage)
    case contactInfo(ContactInfo)
    case template(TemplateMessage)

    /// The member of a message that holds it.
    enum Kind: String, CaseIterable {
        case text = "text_message"
        case media = "media_message"
        case card = "card_message"
        case choice = "choice_message"
        case carousel = "carousel_message"
        case location = "location_message"
        case list = "list_message"
        case contactInfo = "contact_info_message"
        case template = "template_message"
    }

    /// UTF-16 units of a text: what a page of an MMS takes.
    static let longestText = 5000
}

extension MessageBody: RequestBody {
    init?(_ members: RequestMembers) {
        guard let kind: Kind = members.theOne(of: "message body") else { return nil }
        self.init(kind, in: members)
    }

    init?(_ kind: Kind, in members: RequestMembers) {
        let name = kind.rawValue
        let body: MessageBody? =
            switch kind {
            case .text: members.textMessage(name).map { .text($0) }
            case .media: members.value(name).map { .media($0) }
            case .card: members.value(name).map { .card($0) }
            case .choice: members.value(name).map { .choice($0) }
            case .carousel: members.value(name).map { .carousel($0) }
            case .location: members.value(name).map { .location($0) }
            case .list: members.value(name).map { .list($0) }
            case .contactInfo: members.value(name).map { .contactInfo($0) }
            case .template: members.value(name).map { .template($0) }
            }
        guard let body else { return nil }
        self = body
    }
}

extension RequestMembers {
    /// `{"text": "…"}`
    func textMessage(_ name: String) -> String? {
        object(name)?.requiredShown("text", atMost: MessageBody.longestText)
    }
}

/// A file that is sent as it is.
struct MediaMessage: Equatable, Sendable {
    let url: String
    /// A name for the file, on channels that show one.
    let fileName: String?
}

extension MediaMessage: RequestBody {
    init?(_ members: RequestMembers) {
        _ = members.url("thumbnail_url")
        let fileName = members.shown("filename_override")
        guard let url = members.requiredURL("url") else { return nil }
        self.init(url: url, fileName: fileName)
    }
}

/// Choices below a text.
struct ChoiceMessage: Equatable, Sendable {
    /// Empty where there is none.
    let text: String
    let choices: [Choice]
}

extension ChoiceMessage: RequestBody {
    init?(_ members: RequestMembers) {
        let text = members.textMessage("text_message")
        guard let choices: [Choice] = members.values("choices", count: 1...Choice.limit) else { return nil }
        self.init(text: text ?? "", choices: choices)
    }
}
