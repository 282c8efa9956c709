import FoundationEssentials
import GatewayCore

/// A batch with its lists as text, made before the writer's thread has to do with it.
struct BatchColumns: Sendable {
    let batch: Batch
    let recipients: String
    let parameters: String

    init(_ batch: Batch) throws(StoreFailure) {
        self.batch = batch
        // Numbers and ids hold no blank; this is read back fifteen times faster than JSON, at every look at the batch.
        recipients = batch.recipients.joined(separator: " ")
        parameters = try Self.json(batch.parameters.asGiven)
    }

    var bindings: Bindings {
        let owner = batch.owner.columns
        return [
            ":id": .id(batch.id),
            ":owner_kind": .text(owner.kind),
            ":owner_id": .text(owner.id),
            ":recipients": .text(recipients),
            ":originator": .text(batch.originator.text),
            ":is_originator_default": .flag(batch.isOriginatorDefault),
            ":subject": .text(batch.content.subject),
            ":text": .text(batch.content.text),
            ":media_url": .text(batch.content.mediaURL),
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
        ]
    }

    private static func json(_ value: some Encodable) throws(StoreFailure) -> String {
        do {
            return String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
        } catch {
            throw .broken("a list of the batch cannot be written as JSON")
        }
    }
}

extension Owner {
    var columns: (kind: String, id: String) {
        switch self {
        case .servicePlan(let id): ("service_plan", id)
        case .app(let id): ("app", id)
        }
    }

    init?(kind: String, id: String) {
        switch kind {
        case "service_plan": self = .servicePlan(id)
        case "app": self = .app(id)
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
        let content = Batch.Content(subject: optionalText(), text: optionalText(), mediaURL: try text())
        let parameters = try parameters()
        return Batch(
            id: id, owner: owner, recipients: recipients, originator: originator,
            isOriginatorDefault: isOriginatorDefault, content: content, parameters: parameters,
            reporting: try reporting(), callbackURL: optionalText(), clientReference: optionalText(),
            isFeedbackEnabled: try flag(), strictValidation: optionalFlag(), createdAt: try time(),
            modifiedAt: try time(), sendAt: optionalTime(), expireAt: try time(), isCanceled: try flag())
    }

    mutating func reporting() throws(SQLiteError) -> Batch.Reporting {
        try present(Batch.Reporting(rawValue: text()))
    }

    private mutating func owner() throws(SQLiteError) -> Owner {
        let (kind, id) = (try text(), try text())
        return try present(Owner(kind: kind, id: id))
    }

    private mutating func parameters() throws(SQLiteError) -> Parameters {
        guard let text = optionalText() else { return Parameters() }
        let asGiven = try? JSONDecoder().decode([String: [String: String]].self, from: Data(text.utf8))
        return Parameters(try present(asGiven))
    }
}
