import GatewayCore

extension ReceivedMessage.Content {
    /// The messages that an inbound MMS makes: one a medium, each with the same text; else one of the text.
    ///
    /// - Parameters:
    ///   - choice: the one that a text means, if it means one. It is only asked for where there are no media.
    static func all(
        of inbound: Inbound, subject: InboundSubject, choice: ChoiceResponse?
    ) -> [ReceivedMessage.Content] {
        guard inbound.media.isEmpty else {
            return inbound.media.indices.map { place in
                inbound.media[place].isReachable ? .medium(place) : .unsupported(.mediaLost)
            }
        }
        guard subject.text(of: inbound) != nil else { return [.unsupported(.emptyMessage)] }
        return [choice.map { .choice(messageID: $0.messageID, postback: $0.postback) } ?? .text]
    }

    /// Whether it is more than the reason why there is nothing.
    var isSupported: Bool { if case .unsupported = self { false } else { true } }
}

extension Inbound {
    /// The text in which a choice is looked for; nil where the message cannot be the answer to one.
    var possibleChoice: String? { media.isEmpty ? text.nonEmpty : nil }
}

extension Inbound.Medium {
    /// Whether there is a file, or an address outside of the gateway.
    fileprivate var isReachable: Bool { url != nil || file != nil }
}

/// What becomes of the subject of a message that a handset sent: the API has no member for it.
package enum InboundSubject: String, CaseIterable, Sendable {
    /// It is the text where there is none, and is dropped where there is one.
    case whenAlone = "when_alone"
    /// A line of its own before the text.
    case firstLine = "first_line"
    case dropped

    /// The text that the app gets; nil for none.
    func text(of inbound: Inbound) -> String? {
        let text = inbound.text.nonEmpty
        guard let subject = inbound.subject.nonEmpty else { return text }
        switch self {
        case .dropped: return text
        case .whenAlone: return text ?? subject
        case .firstLine: return text.map { "\(subject)\n\($0)" } ?? subject
        }
    }
}
