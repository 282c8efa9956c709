import GatewayCore

/// The names of members are kept in the database.
extension ReceivedMessage {
    /// Nil for an echo that is no such message: that of one which nobody has read.
    init?(_ echo: Echo) {
        guard let json = JSONValue(text: echo.text), let mode = json.word("mode", ProcessingMode.self),
            case .array(let parts)? = json["parts"]
        else { return nil }
        self.mode = mode
        contactID = json.text("contact_id")
        conversationID = json.text("conversation_id")
        conversationMetadata = json.text("metadata")
        correlationID = json.text("correlation_id")
        subject = json.word("subject", InboundSubject.self) ?? .whenAlone
        self.parts = parts.compactMap { Part($0) }
        guard !parts.isEmpty, self.parts.count == parts.count else { return nil }
    }

    var echo: Echo {
        var json: JSONValue = ["mode": .string(mode.rawValue)]
        json.add("contact_id", contactID)
        json.add("conversation_id", conversationID)
        json.add("metadata", conversationMetadata)
        json.add("correlation_id", correlationID)
        json["subject"] = .string(subject.rawValue)
        json["parts"] = .array(parts.map(\.json))
        return Echo(json.text)
    }
}

extension ReceivedMessage.Part {
    fileprivate init?(_ json: JSONValue) {
        guard let id = ULID(json.text("id")) else { return nil }
        self.id = id
        metadata = json.text("metadata")
        if let choice = json["choice"] {
            content = .choice(messageID: choice.text("message_id"), postback: choice.text("postback"))
        } else if let reason = json["unsupported"] {
            let code = reason.word("code", DeliveryReason.Code.self) ?? .unsupportedOperation
            content = .unsupported(DeliveryReason(code, reason.text("description")))
        } else if case .number(let digits)? = json["medium"], let place = Int(digits) {
            content = .medium(place)
        } else {
            content = .text
        }
    }

    fileprivate var json: JSONValue {
        var json: JSONValue = ["id": .string(id.description)]
        switch content {
        case .text: break
        case .medium(let place): json["medium"] = .number(String(place))
        case .choice(let messageID, let postback):
            json["choice"] = ["message_id": .string(messageID), "postback": .string(postback)]
        case .unsupported(let reason):
            json["unsupported"] = [
                "code": .string(reason.code.rawValue), "description": .string(reason.description),
            ]
        }
        json.add("metadata", metadata)
        return json
    }
}

extension JSONValue {
    /// The string that a member is; empty where it is none.
    fileprivate func text(_ name: String) -> String { self[name]?.string ?? "" }

    fileprivate func word<Word: RawRepresentable<String>>(_ name: String, _ type: Word.Type) -> Word? {
        Word(rawValue: text(name))
    }

    /// Adds a member, unless it says nothing.
    fileprivate mutating func add(_ name: String, _ text: String) {
        if !text.isEmpty { self[name] = .string(text) }
    }
}
