import GatewayCore

/// What somebody sent to an app.
struct ContactMessage: Equatable, Sendable {
    let body: Body
    /// The message that it answers.
    var replyTo: String?

    enum Body: Equatable, Sendable {
        case text(String)
        case media(url: String)
        case mediaCard(url: String, caption: String)
        case choice(ChoiceResponse)
        /// What cannot be shown, and why.
        case fallback(DeliveryReason)
    }

    init(_ body: Body, replyTo: String? = nil) {
        self.body = body
        self.replyTo = replyTo
    }

    var json: JSONValue {
        var json: JSONValue =
            switch body {
            case .text(let text): ["text_message": ["text": .string(text)]]
            case .media(let url): ["media_message": ["url": .string(url)]]
            case .mediaCard(let url, let caption):
                ["media_card_message": ["url": .string(url), "caption": .string(caption)]]
            case .choice(let choice):
                [
                    "choice_response_message": [
                        "message_id": .string(choice.messageID), "postback_data": .string(choice.postback),
                    ]
                ]
            case .fallback(let reason):
                [
                    "fallback_message": [
                        "reason": [
                            "code": .string(reason.code.rawValue), "description": .string(reason.description),
                            "sub_code": .string(reason.subCode.rawValue),
                        ]
                    ]
                ]
            }
        if let replyTo { json["reply_to"] = ["message_id": .string(replyTo)] }
        return json
    }
}

/// What becomes of the subject of a message that a handset sent: the API has no member for it.
package enum InboundSubject: String, CaseIterable, Sendable {
    /// It is the text where there is none, and is dropped where there is one.
    case whenAlone = "when_alone"
    /// A line of its own before the text.
    case firstLine = "first_line"
    case dropped
}

extension ContactMessage {
    /// The messages that an app is notified of for an inbound MMS: one a medium, each with the same text; else the text.
    ///
    /// - Parameters:
    ///   - url: where a medium can be downloaded; nil where it cannot.
    ///   - choice: the one that a text means, if it means one. It is asked of texts without media alone.
    static func messages(
        of inbound: Inbound, subject: InboundSubject, url: (Inbound.Medium) -> String?,
        choice: (String) -> ChoiceResponse?
    ) -> [ContactMessage] {
        let text = subject.text(of: inbound)
        if inbound.media.isEmpty {
            guard let text else {
                return [ContactMessage(.fallback(DeliveryReason(.unsupportedOperation, "The message is empty")))]
            }
            if let said = inbound.text, let choice = choice(said) {
                return [ContactMessage(.choice(choice), replyTo: choice.messageID)]
            }
            return [ContactMessage(.text(text))]
        }
        return inbound.media.map { medium in
            guard let url = url(medium) else {
                return ContactMessage(
                    .fallback(DeliveryReason(.mediaNotReachable, "The media of the message could not be kept")))
            }
            return ContactMessage(text.map { .mediaCard(url: url, caption: $0) } ?? .media(url: url))
        }
    }
}

extension InboundSubject {
    /// The text that the app gets; nil for none.
    fileprivate func text(of inbound: Inbound) -> String? {
        let text = inbound.text.nonEmpty
        guard let subject = inbound.subject.nonEmpty else { return text }
        switch self {
        case .dropped: return text
        case .whenAlone: return text ?? subject
        case .firstLine: return text.map { "\(subject)\n\($0)" } ?? subject
        }
    }
}
