import FoundationEssentials
import GatewayCore

/// A batch with its lists as text, encoded before the writer's thread gets it.
struct WrittenBatch: Sendable {
    var batch: Batch
    let recipients: String
    let parameters: String
    /// The server of the first medium; empty where there is none.
    let mediaServer: String
    private let media: String

    static let noParameters = "{}"

    init(_ batch: Batch) throws(StoreFailure) {
        self.batch = batch
        // Numbers and ids contain no blanks; this form is read fifteen times faster than JSON, each time that the batch
        // is read.
        recipients = batch.order.recipients.joined(separator: " ")
        parameters =
            batch.order.parameters.isEmpty
            ? Self.noParameters : try JSONColumn.sortedText(batch.order.parameters.asGiven)
        mediaServer = batch.order.content.media.first.map { WebServer(of: $0.url).description } ?? ""
        media = try MediaColumn.text(batch.order.content.media)
    }

    func bindings(owner: Int) -> Bindings {
        let order = batch.order
        return [
            ":id": .id(batch.id),
            ":owner": .integer(owner),
            ":recipients": .text(recipients),
            ":originator": .text(order.originator.text),
            ":subject": .text(order.content.subject),
            ":is_subject_template": .flag(order.content.isSubjectTemplate),
            ":text": .text(order.content.text),
            ":media": .text(media),
            ":is_strict": .flag(order.content.isStrict),
            ":parameters_bytes": .integer(parameters.utf8.count),
            ":parameters": .text(parameters),
            ":interest": .integer(order.interest.rawValue),
            ":callback_url": .text(order.callbackURL),
            ":client_reference": .text(order.reference),
            ":echo": .text(order.echo.text),
            ":created_at": .time(batch.createdAt),
            ":modified_at": .time(batch.modifiedAt),
            ":send_at": .time(order.sendAt),
            ":expire_at": .time(order.expireAt),
            ":is_canceled": .flag(batch.isCanceled),
            ":revision": .integer(batch.revision),
        ]
    }
}

extension WrittenBatch {
    /// The columns of `bindings`.
    static let columns = BatchColumn.written(
        without: [.ownerKind, .ownerName, .trace], and: "owner", "parameters_bytes")
}
