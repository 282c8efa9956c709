import CustomerServing
import GatewayCore

/// What the API keeps of a message that a handset sent, beside the message itself: with whom the app speaks there, and
/// the messages that it makes. It is the echo of the inbound message.
struct ReceivedMessage: Equatable, Sendable {
    let mode: ProcessingMode
    /// Empty where none is kept.
    var contactID = ""
    /// Empty where none is kept.
    var conversationID = ""
    /// The text of the metadata that the app last gave to whom it speaks with; empty for none.
    var conversationMetadata = ""
    var correlationID = ""
    /// What became of the subject, by the setting of the time when it was read.
    let subject: InboundSubject
    /// Never empty.
    var parts: [Part]

    /// One of the messages that an app is notified of: one a medium, or one of a text.
    struct Part: Equatable, Sendable {
        let id: ULID
        let content: Content
        /// The `message_metadata` of what offered a choice; what the app wrote there since; else empty.
        var metadata = ""
    }

    enum Content: Equatable, Sendable {
        /// The text of the message.
        case text
        /// A file of the message, by its place, with the text as its caption.
        case medium(Int)
        /// The text means a choice that was offered.
        case choice(messageID: String, postback: String)
        /// There is nothing that can be shown, and why.
        case unsupported(DeliveryReason)
    }
}

extension ReceivedMessage {
    /// One of its messages, as callbacks and lists have it.
    ///
    /// - Parameters:
    ///   - number: from 0; nil is returned for more than there are.
    ///   - url: where a file can be downloaded from now on. Links expire, so it is asked each time.
    func printed(
        _ number: Int, of inbound: Inbound, url: (Inbound.Medium) -> String?
    ) -> InboundMessageBody? {
        guard parts.indices.contains(number) else { return nil }
        let part = parts[number]
        return InboundMessageBody(
            id: part.id.description, message: message(part, of: inbound, url: url),
            correspondence: correspondence(in: inbound), metadata: part.metadata,
            acceptTime: Timestamp(inbound.receivedAt), senderID: inbound.to)
    }

    func correspondence(in inbound: Inbound) -> Correspondence {
        Correspondence(
            identity: ChannelIdentity(.mms, inbound.from), mode: mode, conversationID: conversationID,
            contactID: contactID)
    }

    private func message(_ part: Part, of inbound: Inbound, url: (Inbound.Medium) -> String?) -> ContactMessage {
        let text = subject.text(of: inbound)
        switch part.content {
        case .text: return ContactMessage(.text(text ?? ""))
        case .choice(let messageID, let postback):
            let choice = ChoiceResponse(messageID: messageID, postback: postback, metadata: part.metadata)
            return ContactMessage(.choice(choice), replyTo: messageID)
        case .unsupported(let reason): return ContactMessage(.fallback(reason))
        case .medium(let place):
            guard inbound.media.indices.contains(place), let url = url(inbound.media[place]) else {
                return ContactMessage(.fallback(.mediaLost))
            }
            return ContactMessage(text.map { .mediaCard(url: url, caption: $0) } ?? .media(url: url))
        }
    }
}

extension DeliveryReason {
    static let mediaLost = DeliveryReason(.mediaNotReachable, "The media of the message could not be kept")
    static let emptyMessage = DeliveryReason(.unsupportedOperation, "The message is empty")
}
