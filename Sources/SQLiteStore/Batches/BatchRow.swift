import FoundationEssentials
import GatewayCore

/// What is read of a batch.
enum BatchColumn: Int, Columns {
    case id, ownerKind, ownerName, recipients, originator, isOriginatorDefault, subject, isSubjectTemplate, text,
        mediaURL
    case textOptions, parameters, reporting, callbackURL, clientReference, isFeedbackEnabled, strictValidation,
        createdAt
    case modifiedAt, sendAt, expireAt, isCanceled, tags, revision

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        default: "batch.\(name)"
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

    /// Of parameters nothing is read where NULL was selected in their place, and they were left out where it was an
    /// empty text.
    init(_ row: inout Row) throws(SQLiteError) {
        let fields = row.fields(of: BatchColumn.self)
        recipients = try fields[.recipients].text()
        textOptions = fields[.textOptions].optionalText()
        parameters = fields[.parameters].optionalText()
        tags = try fields[.tags].text()
        head = Batch(
            id: try fields[.id].id(), owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
            recipients: [],
            originator: try fields[.originator].present(Originator(fields[.originator].text())),
            isOriginatorDefault: try fields[.isOriginatorDefault].flag(),
            content: Batch.Content(
                subject: fields[.subject].optionalText(), isSubjectTemplate: try fields[.isSubjectTemplate].flag(),
                text: fields[.text].optionalText(), mediaURL: fields[.mediaURL].optionalText()),
            reporting: try fields[.reporting].reporting(), callbackURL: fields[.callbackURL].optionalText(),
            clientReference: fields[.clientReference].optionalText(),
            isFeedbackEnabled: try fields[.isFeedbackEnabled].flag(),
            strictValidation: fields[.strictValidation].optionalFlag(), createdAt: try fields[.createdAt].time(),
            modifiedAt: try fields[.modifiedAt].time(), sendAt: fields[.sendAt].optionalTime(),
            expireAt: try fields[.expireAt].time(), isCanceled: try fields[.isCanceled].flag(),
            revision: try fields[.revision].integer())
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

    mutating func reporting() throws(SQLiteError) -> Batch.Reporting { try next().reporting() }
}

extension Cell {
    func reporting() throws(SQLiteError) -> Batch.Reporting { try present(Batch.Reporting(rawValue: text())) }
}
