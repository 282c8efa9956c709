package import GatewayCore
import Submission

/// What `show` says of one message. Its coding keys are the JSON form; times are ISO 8601 in UTC.
package struct StoryBody: Sendable, Encodable, Equatable {
    var id: String
    var state: String
    var recipient: String
    var originator: String
    var carriers: [String]
    /// The MMSC that was given it last.
    var mmsc: String?
    var messageID: String?
    var transactionID: String
    var expireAt: String
    var dueAt: String?
    var batch: BatchBody
    /// All that happened, in time order.
    var history: [Entry]
    var request: RequestBody?
    /// Why there is no request to show, or what is missing in it.
    var requestNote: String?
    /// The MMSC's answers that are more than a plain success.
    var answers: [AnswerBody]

    struct BatchBody: Sendable, Encodable, Equatable {
        var id: String
        var owner: String
        var subject: String?
        var text: String?
        var media: [MediumBody]
        /// What is known of media that is not here yet.
        var mediaTries: Int?
        var mediaReason: String?
        var mediaDueAt: String?
        /// libcurl's words on the last try for the media.
        var mediaWords: String?
        /// What the customer wants to be notified of.
        var interest: String
        var clientReference: String?
        /// The id of the request that made it.
        var requestID: String?

        enum CodingKeys: String, CodingKey {
            case id, owner, subject, text, media
            case mediaTries = "media_tries"
            case mediaReason = "media_reason"
            case mediaDueAt = "media_due_at"
            case mediaWords = "media_words"
            case interest
            case clientReference = "client_reference"
            case requestID = "request_id"
        }
    }

    /// A medium of the batch; type and size once it is here.
    struct MediumBody: Sendable, Encodable, Equatable {
        var url: String
        var type: String?
        var bytes: Int?
    }

    /// One thing that happened.
    struct Entry: Sendable, Encodable, Equatable {
        var at: String
        var what: String
    }

    /// The SubmitReq as it is on the wire, identification masked.
    struct RequestBody: Sendable, Encodable, Equatable {
        var url: String
        var headers: [String]
        var envelope: String
        var parts: [String]
    }

    struct AnswerBody: Sendable, Encodable, Equatable {
        var attempt: Int
        var mmsc: String
        var text: String
    }

    enum CodingKeys: String, CodingKey {
        case id, state, recipient, originator, carriers, mmsc
        case messageID = "message_id"
        case transactionID = "transaction_id"
        case expireAt = "expire_at"
        case dueAt = "due_at"
        case batch, history, request
        case requestNote = "request_note"
        case answers
    }
}

extension StoryBody {
    /// - Parameters:
    ///   - request: the request as it is sent, or why it cannot be shown.
    ///   - mmsc: returns the configured MMSC of a name; its identification is masked in its answers.
    package init(_ story: MessageStory, request: ShownRequest, mmsc: (String) -> MMSC?) {
        let message = story.message
        let batch = story.batch
        id = message.id.description
        state = message.state.inWords
        recipient = message.recipient.digits
        originator = batch.order.originator.text
        carriers = message.carriers?.names ?? []
        self.mmsc = story.mmsc
        messageID = story.messageID
        transactionID = story.transactionID
        expireAt = story.expireAt.inUTC
        dueAt = story.dueAt?.inUTC
        self.batch = BatchBody(
            id: batch.id.description, owner: batch.owner.inWords, subject: batch.order.content.subject,
            text: batch.order.content.text,
            media: batch.order.content.media.enumerated().map { number, medium in
                let here = number < story.media.count ? story.media[number] : nil
                return MediumBody(
                    url: medium.url.withoutSecretsOfURL, type: here?.contentType, bytes: here?.byteCount)
            },
            mediaTries: story.mediaWait?.tries,
            mediaReason: story.mediaWait?.reason, mediaDueAt: story.mediaWait?.dueAt.inUTC,
            mediaWords: story.mediaWords?.description,
            interest: batch.order.interest.description,
            clientReference: batch.order.reference, requestID: batch.trace?.requestID)
        history = story.history.map { Entry(at: $0.at.inUTC, what: $0.what) }
        self.request = request.submission.map(RequestBody.init)
        requestNote = request.note
        answers = story.attempts.compactMap { attempt in
            attempt.answer.map { answer in
                AnswerBody(
                    attempt: attempt.number, mmsc: attempt.mmsc,
                    text: WrittenSubmission.masked(answer: answer, of: mmsc(attempt.mmsc)))
            }
        }
    }
}

extension StoryBody.RequestBody {
    init(_ submission: WrittenSubmission) {
        url = submission.url
        headers = submission.headers.map { "\($0.name): \($0.value)" }
        envelope = submission.envelope
        parts = submission.parts.map { part in
            let size = part.headers.contains { $0.hasPrefix("Content-Type: multipart/") } ? "" : "  \(part.byteCount) B"
            return String(repeating: "  ", count: part.depth) + part.headers.joined(separator: "; ") + size
        }
    }
}

extension MessageStory {
    /// The TransactionID of its SubmitReqs: its own id, or that of the request which it shares.
    var transactionID: String { sharedRequest ?? message.id.description }
}

extension String {
    /// A URL without its user, password and query, which may hold a customer's token; the rest shows which file it is.
    fileprivate var withoutSecretsOfURL: String {
        guard let scheme = utf8.firstRange(of: "://".utf8) else { return self }
        let rest = self[scheme.upperBound...]
        let end = rest.utf8.firstIndex { "/?#".utf8.contains($0) } ?? rest.endIndex
        let at = rest[..<end].utf8.lastIndex(of: UInt8(ascii: "@"))
        let host = at.map { "•••" + rest[$0..<end] } ?? String(rest[..<end])
        let path = rest[end...].utf8.prefix { $0 != UInt8(ascii: "?") }
        let query = path.endIndex == rest.endIndex ? "" : "?•••"
        return self[..<scheme.upperBound] + host + Substring(path) + query
    }
}
