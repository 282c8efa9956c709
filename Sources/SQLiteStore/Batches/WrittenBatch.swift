import FoundationEssentials
import GatewayCore

/// A batch with its lists as text, made before the writer's thread has to do with it.
struct WrittenBatch: Sendable {
    var batch: Batch
    let recipients: String
    let parameters: String
    /// Of the media; empty where there are none.
    let mediaServer: String
    private let tags: String
    private let textOptions: String?

    init(_ batch: Batch) throws(StoreFailure) {
        self.batch = batch
        // Numbers and ids hold no blank; this is read back fifteen times faster than JSON, at every look at the batch.
        recipients = batch.recipients.joined(separator: " ")
        parameters = try JSONColumn.sortedText(batch.parameters.asGiven)
        mediaServer = batch.content.mediaURL.map { WebServer(of: $0).description } ?? ""
        tags = try JSONColumn.text(batch.tags)
        textOptions = try batch.content.textOptions.map { (options) throws(StoreFailure) in
            try JSONColumn.text(options)
        }
    }

    func bindings(owner: Int) -> Bindings {
        [
            ":id": .id(batch.id),
            ":owner": .integer(owner),
            ":recipients": .text(recipients),
            ":originator": .text(batch.originator.text),
            ":is_originator_default": .flag(batch.isOriginatorDefault),
            ":subject": .text(batch.content.subject),
            ":is_subject_template": .flag(batch.content.isSubjectTemplate),
            ":text": .text(batch.content.text),
            ":media_url": .text(batch.content.mediaURL),
            ":text_options": .text(textOptions),
            ":parameters_bytes": .integer(parameters.utf8.count),
            ":parameters": .text(parameters),
            ":reporting": .text(batch.reporting.rawValue),
            ":callback_url": .text(batch.callbackURL),
            ":client_reference": .text(batch.clientReference),
            ":is_feedback_enabled": .flag(batch.isFeedbackEnabled),
            ":strict_validation": .flag(batch.strictValidation),
            ":created_at": .time(batch.createdAt),
            ":modified_at": .time(batch.modifiedAt),
            ":send_at": .time(batch.sendAt),
            ":expire_at": .time(batch.expireAt),
            ":is_canceled": .flag(batch.isCanceled),
            ":tags": .text(tags),
            ":revision": .integer(batch.revision),
        ]
    }
}

extension WrittenBatch {
    /// The columns of `bindings`.
    static let columns = BatchColumn.written(without: [.ownerKind, .ownerName], and: "owner", "parameters_bytes")
}
