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
