import FoundationEssentials
import GatewayCore

/// A batch with its lists as text, made before the writer's thread has to do with it.
struct BatchColumns: Sendable {
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

extension Owner {
    var columns: (kind: String, id: String) {
        switch self {
        case .servicePlan(let id): ("service_plan", id)
        case .app(let id, let project): ("app", "\(project)/\(id)")
        }
    }

    init?(kind: String, id: String) {
        switch kind {
        case "service_plan": self = .servicePlan(id)
        case "app":
            // Neither has a slash in it.
            guard let slash = id.firstIndex(of: "/") else { return nil }
            self = .app(String(id[id.index(after: slash)...]), project: String(id[..<slash]))
        default: return nil
        }
    }
}

/// A row of `batch` with its lists as text: what takes long to read is read where no reader is held up by it.
struct BatchRow: Sendable {
    /// Without what follows.
    private let head: Batch
    private let recipients: String
    private let tags: String
    private let textOptions: String?
    private let parameters: String?

    /// Reads the columns in the order of the queries. Of parameters nothing is read where NULL was selected in their
    /// place, and they were left out where it was an empty text.
    init(_ row: inout Row) throws(SQLiteError) {
        let (id, owner) = (try row.id(), try row.owner())
        recipients = try row.text()
        let originator = try row.present(Originator(row.text()))
        let isOriginatorDefault = try row.flag()
        let content = Batch.Content(
            subject: row.optionalText(), isSubjectTemplate: try row.flag(), text: row.optionalText(),
            mediaURL: row.optionalText())
        textOptions = row.optionalText()
        parameters = row.optionalText()
        let reporting = try row.reporting()
        let (callbackURL, clientReference) = (row.optionalText(), row.optionalText())
        let (isFeedbackEnabled, strictValidation) = (try row.flag(), row.optionalFlag())
        let (createdAt, modifiedAt) = (try row.time(), try row.time())
        let (sendAt, expireAt) = (row.optionalTime(), try row.time())
        let isCanceled = try row.flag()
        tags = try row.text()
        head = Batch(
            id: id, owner: owner, recipients: [], originator: originator, isOriginatorDefault: isOriginatorDefault,
            content: content, reporting: reporting, callbackURL: callbackURL, clientReference: clientReference,
            isFeedbackEnabled: isFeedbackEnabled, strictValidation: strictValidation, createdAt: createdAt,
            modifiedAt: modifiedAt, sendAt: sendAt, expireAt: expireAt, isCanceled: isCanceled,
            revision: try row.integer())
    }

    var owner: Owner { head.owner }

    var hasMediaURL: Bool { head.content.mediaURL != nil }

    /// The batch, its parameters left as text.
    func stored() throws(StoreFailure) -> StoredBatch {
        var batch = head
        batch.recipients = recipients.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        batch.tags = try JSONColumn.value([String].self, tags)
        batch.content.textOptions = try textOptions.map { (text) throws(StoreFailure) in
            try JSONColumn.value(TextOptions.self, text)
        }
        let text: StoredBatch.Parameters =
            switch parameters {
            case nil, "{}": .none
            case "": .leftOut
            case let text?: .text(text)
            }
        return StoredBatch(batch, parameters: text)
    }

    /// The batch with its parameters as values.
    func whole() throws(StoreFailure) -> Batch {
        let stored = try stored()
        guard case .text(let text) = stored.parameters else { return stored.batch }
        var batch = stored.batch
        batch.parameters = Parameters(try JSONColumn.value([String: [String: String]].self, text))
        return batch
    }
}

extension Row {
    /// A batch of which no parameters were selected.
    mutating func batchWithoutParameters() throws(SQLiteError) -> Batch {
        let row = try BatchRow(&self)
        do {
            return try row.stored().batch
        } catch {
            throw .unreadable("a batch")
        }
    }

    mutating func reporting() throws(SQLiteError) -> Batch.Reporting {
        try present(Batch.Reporting(rawValue: text()))
    }

    mutating func owner() throws(SQLiteError) -> Owner {
        let (kind, id) = (try text(), try text())
        return try present(Owner(kind: kind, id: id))
    }
}
