package import GatewayCore

/// What `show` and `quarantine` say of one message from a handset. Its coding keys are the JSON form; times are ISO
/// 8601 in UTC.
package struct InboundStoryBody: Sendable, Encodable, Equatable {
    var id: String
    /// The owner; nil for an unowned message.
    var owner: String?
    var mmsc: String
    var from: String
    var to: String
    var otherRecipients: [String]
    var receivedAt: String
    var sentAt: String?
    var clientReference: String?
    var subject: String?
    /// The text of the message itself.
    var message: String?
    var media: [Item]
    /// The id of the post that brought it.
    var requestID: String?
    var history: [StoryBody.Entry]

    struct Item: Sendable, Encodable, Equatable {
        var contentType: String
        var name: String?
        var bytes: Int?
        /// The SHA-256 of a file in the data directory.
        var hash: String?
        /// Why it is not in its customer's bucket, as it was reported; nil where it is not known to have failed.
        var failure: Int?

        enum CodingKeys: String, CodingKey {
            case contentType = "content_type"
            case name, bytes, hash
            case failure = "upload_failure"
        }
    }

    package init(_ story: InboundStory) {
        let inbound = story.inbound
        id = inbound.id.description
        owner = inbound.owner?.inWords
        mmsc = story.mmsc
        from = inbound.from
        to = inbound.to
        otherRecipients = inbound.otherRecipients
        receivedAt = inbound.receivedAt.inUTC
        sentAt = inbound.sentAt?.inUTC
        clientReference = inbound.reference
        subject = inbound.subject
        message = inbound.text
        media = inbound.media.map {
            Item(
                contentType: $0.contentType, name: $0.file?.name, bytes: $0.file?.byteCount, hash: $0.file?.hash,
                failure: $0.code == 0 ? nil : $0.code)
        }
        requestID = inbound.trace?.requestID
        history = story.notifications.map {
            StoryBody.Entry(at: ($0.call.heardAt ?? $0.createdAt).inUTC, what: $0.inWords(of: "this message"))
        }
    }

    enum CodingKeys: String, CodingKey {
        case id, owner, mmsc, from, to
        case otherRecipients = "other_recipients"
        case receivedAt = "received_at"
        case sentAt = "sent_at"
        case clientReference = "client_reference"
        case subject, message, media
        case requestID = "request_id"
        case history
    }
}

extension InboundStoryBody {
    /// The story for a terminal.
    var text: String {
        var facts: [(name: String, value: String?)] = [
            ("inbound", id), ("of", owner ?? "nobody: in quarantine"), ("MMSC", mmsc), ("from", from), ("to", to),
            ("also sent to", otherRecipients.isEmpty ? nil : otherRecipients.joined(separator: " ")),
            ("received", receivedAt), ("sent", sentAt), ("reference", clientReference), ("subject", subject),
            ("text", message), ("request", requestID),
        ]
        for item in media {
            let words = [
                item.contentType, item.name, item.bytes.map { inWords(bytes: $0) }, item.hash,
                item.failure.map { "not uploaded: code \($0)" },
            ]
            facts.append((name: "media", value: words.compactMap(\.self).joined(separator: "  ")))
        }
        let lines = facts.compactMap { name, value in
            value.map { name + String(repeating: " ", count: 15 - name.count) + $0 }
        }
        return ([lines] + (history.isEmpty ? [] : [history.map { "\($0.at)  \($0.what)" }]))
            .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
    }
}
