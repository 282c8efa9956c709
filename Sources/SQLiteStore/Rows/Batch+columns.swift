import FoundationEssentials
import GatewayCore

/// A batch with its lists as text, made before the writer's thread has to do with it.
struct BatchColumns: Sendable {
    var batch: Batch
    let recipients: String
    let parameters: String
    private let tags: String
    private let textOptions: String?

    init(_ batch: Batch) throws(StoreFailure) {
        self.batch = batch
        // Numbers and ids hold no blank; this is read back fifteen times faster than JSON, at every look at the batch.
        recipients = batch.recipients.joined(separator: " ")
        parameters = try JSONColumn.text(batch.parameters.asGiven)
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

extension Row {
    /// Reads every column of `batch` in the order of the table. Parameters that were not selected, NULL in their place,
    /// are empty.
    mutating func batch() throws(SQLiteError) -> Batch {
        let id = try id()
        let owner = try owner()
        let recipients = try text().split(separator: " ").map(String.init)
        let originator = try present(Originator(text()))
        let isOriginatorDefault = try flag()
        let content = Batch.Content(
            subject: optionalText(), isSubjectTemplate: try flag(), text: optionalText(), mediaURL: optionalText(),
            textOptions: try optionalJSON(TextOptions.self))
        let parameters = try parameters()
        return Batch(
            id: id, owner: owner, recipients: recipients, originator: originator,
            isOriginatorDefault: isOriginatorDefault, content: content, parameters: parameters,
            reporting: try reporting(), callbackURL: optionalText(), clientReference: optionalText(),
            isFeedbackEnabled: try flag(), strictValidation: optionalFlag(), createdAt: try time(),
            modifiedAt: try time(), sendAt: optionalTime(), expireAt: try time(), isCanceled: try flag(),
            tags: try json([String].self), revision: try integer())
    }

    mutating func reporting() throws(SQLiteError) -> Batch.Reporting {
        try present(Batch.Reporting(rawValue: text()))
    }

    mutating func owner() throws(SQLiteError) -> Owner {
        let (kind, id) = (try text(), try text())
        return try present(Owner(kind: kind, id: id))
    }

    private mutating func parameters() throws(SQLiteError) -> Parameters {
        Parameters(try optionalJSON([String: [String: String]].self) ?? [:])
    }
}
