import CustomerServing
import GatewayCore

/// A message as an MMS, and what its recipient may answer.
struct MMSRendering: Equatable, Sendable {
    let content: Content
    /// The texts that were offered, in the order in which they are read.
    let choices: [OfferedChoice]

    /// - Parameter isStrict: whether the media have to keep the rules.
    /// - Throws: for what MMS cannot say.
    init(_ message: AppMessage, style: TranscodingStyle, isStrict: Bool = false) throws(DeliveryReason) {
        if let payload = message.payloads[.mms] {
            guard let payload = MMSPayload(text: payload) else {
                throw DeliveryReason(.badRequest, "The explicit message for MMS \(MMSPayload.form)")
            }
            self.init(payload.content(isStrict: isStrict), [])
            return
        }
        switch message.replacements[.mms] {
        case nil: try self.init(message.body, style, isStrict)
        case .body(let body): try self.init(body, style, isStrict)
        case .template: throw Self.unsupported("a template")
        }
    }

    private init(_ body: MessageBody, _ style: TranscodingStyle, _ isStrict: Bool) throws(DeliveryReason) {
        let lines: [String?]
        var media: [MediaMessage] = []
        var subject: String?
        switch body {
        case .text(let text): lines = [text]
        case .media(let file): (lines, media) = ([], [file])
        case .location(let location): lines = [location.words]
        case .choice(let choice): lines = [choice.text] + style.lines(choice.choices)
        case .carousel(let carousel): lines = Self.lines(carousel, style)
        case .card(let card):
            media = card.media.map { [$0] } ?? []
            subject = style.cardTitle == .subject ? card.title.flatMap { Self.subject(of: $0) } : nil
            // The subject may be less than the title.
            let title = subject == card.title ? nil : card.title
            lines = [title, card.description] + style.lines(card.choices)
        case .list: throw Self.unsupported("a list")
        case .contactInfo: throw Self.unsupported("contact info")
        case .template: throw Self.unsupported("a template")
        }
        let text = lines.compactMap { $0.nonEmpty }.joined(separator: "\n")
        guard text.utf16.count <= MessageBody.longestText else {
            throw DeliveryReason(
                .badRequest,
                "The text of the MMS has \(text.utf16.count) characters, the limit is \(MessageBody.longestText)")
        }
        self.init(
            Content(
                subject: subject, text: text.isEmpty ? nil : text,
                media: media.map { Content.Medium(url: $0.url, filename: $0.fileName.nonEmpty) },
                isStrict: isStrict), body.choices)
    }

    private init(_ content: Content, _ choices: [Choice]) {
        self.content = content
        self.choices = choices.compactMap { choice in
            choice.action.text.map { OfferedChoice(text: $0, postback: choice.postback?.postbackText) }
        }
    }

    /// Cards one below the other, their media as links.
    private static func lines(_ carousel: Carousel, _ style: TranscodingStyle) -> [String?] {
        let cards = carousel.cards.flatMap { card -> [String?] in
            [card.title, card.description, card.media?.url] + style.lines(card.choices)
        }
        return cards + style.lines(carousel.choices)
    }

    /// One line, as long as a subject may be; cut between characters. Nil where nothing is left.
    private static func subject(of title: String) -> String? {
        // More characters than units there cannot be; without what no header says.
        let scalars = title.prefix(MMSPayload.longestSubject + 1).unicodeScalars
            .filter { $0 == "\u{85}" || !(0x7F..<0xA0).contains($0.value) }
        var line = String(String.UnicodeScalarView(scalars))
            .split { $0.isNewline || $0 == "\t" }
            .joined(separator: " ")
        while line.utf16.count > MMSPayload.longestSubject { line.removeLast() }
        return line.isEmpty ? nil : line
    }

    private static func unsupported(_ form: String) -> DeliveryReason {
        DeliveryReason(.unsupportedOperation, "MMS cannot carry \(form); send an explicit message for MMS beside it")
    }
}

extension MessageBody {
    /// What of it may be chosen, in the order in which it is read.
    fileprivate var choices: [Choice] {
        switch self {
        case .choice(let message): message.choices
        case .card(let card): card.choices
        case .carousel(let carousel): carousel.cards.flatMap(\.choices) + carousel.choices
        case .text, .media, .location, .list, .contactInfo, .template: []
        }
    }
}

/// A text that a recipient was offered to answer with.
struct OfferedChoice: Equatable, Sendable {
    let text: String
    /// What the app wants to hear; nil where it named nothing.
    let postback: String?

    /// What comes back when it is chosen.
    func postback(in messageID: String) -> String { postback ?? "\(messageID)_\(text)" }
}

extension JSONValue {
    /// A string as it is, anything else as its JSON.
    fileprivate var postbackText: String { if case .string(let string) = self { string } else { text } }
}
