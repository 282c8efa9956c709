import FoundationEssentials
import GatewayCore

/// What is read of a batch.
enum BatchColumn: Int, Columns {
    case id, ownerKind, ownerName, recipients, originator, subject, isSubjectTemplate, text, media, isStrict
    case parameters, interest, callbackURL, clientReference, echo
    case createdAt, modifiedAt, sendAt, expireAt, isCanceled, revision, trace

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        case .trace: "(SELECT trace FROM batch_trace WHERE batch_trace.batch = batch.id)"
        default: "batch.\(name)"
        }
    }
}

/// A row of `batch` with its lists as text: they take long to decode, which is done where it holds up no reader.
struct BatchRow: Sendable {
    /// The batch without the lists below.
    private let head: Batch
    private let recipients: String
    private let media: String
    private let parameters: String?

    /// NULL in place of the parameters means that there are none to read, and an empty text that they were left out.
    init(_ row: inout Row) throws(SQLError) {
        let fields = row.fields(of: BatchColumn.self)
        recipients = try fields[.recipients].text()
        media = try fields[.media].text()
        parameters = fields[.parameters].optionalText()
        let order = Order(
            to: [], from: try fields[.originator].present(Originator(fields[.originator].text())),
            content: Content(
                subject: fields[.subject].optionalText(), isSubjectTemplate: try fields[.isSubjectTemplate].flag(),
                text: fields[.text].optionalText(), isStrict: try fields[.isStrict].flag()),
            sendAt: fields[.sendAt].optionalTime(), expireAt: try fields[.expireAt].time(),
            callbackURL: fields[.callbackURL].optionalText(), reference: fields[.clientReference].optionalText(),
            interest: try fields[.interest].interest(), echo: Echo(try fields[.echo].text()))
        var batch = Batch(
            order, id: try fields[.id].id(), owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
            createdAt: try fields[.createdAt].time())
        batch.modifiedAt = try fields[.modifiedAt].time()
        batch.isCanceled = try fields[.isCanceled].flag()
        batch.revision = try fields[.revision].integer()
        batch.trace = fields[.trace].optionalText().map(Trace.init(kept:))
        head = batch
    }

    var owner: Owner { head.owner }

    /// The batch, its parameters left as text.
    func stored() throws(StoreFailure) -> StoredBatch {
        var batch = head
        batch.order.recipients = recipients.utf8.split(separator: UInt8(ascii: " ")).map { String(Substring($0)) }
        batch.order.content.media = try MediaColumn.media(media)
        let text: StoredBatch.Parameters =
            switch parameters {
            case nil, WrittenBatch.noParameters: .none
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
        batch.order.parameters = Parameters(try JSONColumn.value([String: [String: String]].self, text))
        return batch
    }
}

extension Row {
    /// A batch whose parameters were not selected.
    mutating func batchWithoutParameters() throws(SQLError) -> Batch {
        let row = try BatchRow(&self)
        do {
            return try row.stored().batch
        } catch {
            throw .unreadable("a batch")
        }
    }
}

extension Cell {
    func interest() throws(SQLError) -> Interest { Interest(rawValue: try integer()) }
}
