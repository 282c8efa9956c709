import FoundationEssentials
import GatewayCore

/// A batch of an app with its list as text, encoded before the writer's thread gets it.
struct WrittenAppBatch: Sendable {
    let batch: AppBatch
    private let keys: String

    init(_ batch: AppBatch) throws(StoreFailure) {
        self.batch = batch
        keys = try JSONColumn.text(batch.keys.map { [$0.name, $0.value] })
    }

    func bindings(owner: Int, project: Int, now: Date) -> Bindings {
        batch.progress(now: now).with([
            ":owner": .integer(owner), ":project": .integer(project), ":created_at": .time(batch.createdAt),
            ":send_after": .time(batch.sendAfter), ":is_later": .flag(batch.isLater),
            ":recipient_count": .integer(batch.recipientCount), ":metadata": .text(batch.metadata),
            ":keys": .text(keys), ":trace": .text(batch.trace?.text),
        ])
    }
}

/// What is read of a batch of an app.
enum AppBatchColumn: Int, Columns {
    case id, ownerKind, ownerName, createdAt, sendAfter, isLater, recipientCount, phase, processed, metadata, keys
    case trace, isInDoubt

    var sql: String {
        switch self {
        case .ownerKind: "owner.kind"
        case .ownerName: "owner.name"
        case .isInDoubt: "coalesce(app_batch.due_at < 0, FALSE)"
        default: "app_batch.\(name)"
        }
    }

    /// The columns of `WrittenAppBatch.bindings`.
    static let written = written(
        without: [.ownerKind, .ownerName, .isInDoubt], and: "owner", "project", "due_at", "ended_at")
}

extension Row {
    mutating func appBatch() throws(SQLError) -> AppBatch {
        let fields = fields(of: AppBatchColumn.self)
        var keys: [AppBatch.Key] = []
        for pair in try fields[.keys].json([[String]].self) where pair.count == 2 {
            keys.append(AppBatch.Key(name: pair[0], value: pair[1]))
        }
        return AppBatch(
            id: try fields[.id].id(), owner: try Owner(kind: fields[.ownerKind], name: fields[.ownerName]),
            createdAt: try fields[.createdAt].time(), sendAfter: try fields[.sendAfter].time(),
            isLater: try fields[.isLater].flag(), recipientCount: try fields[.recipientCount].integer(),
            phase: try fields[.phase].present(AppBatch.Phase(rawValue: fields[.phase].text())),
            processed: try fields[.processed].integer(), metadata: try fields[.metadata].text(), keys: keys,
            trace: fields[.trace].optionalText().map(Trace.init(kept:)), isInDoubt: try fields[.isInDoubt].flag())
    }
}

extension AppBatch {
    /// The recipients that are still to become messages.
    var remainder: Int { phase.isOpen ? recipientCount - processed : 0 }

    /// The columns that change as it goes on.
    func progress(now: Date) -> Bindings {
        let dueAt: SQLValue =
            switch phase {
            case .ready where isInDoubt, .scheduled where isInDoubt: .integer(RestorationQuery.before)
            case .ready: .integer(0)
            case .scheduled: .time(sendAfter)
            case .processed, .cancelled, .failed: .null
            }
        return [
            ":id": .id(id), ":phase": .text(phase.rawValue), ":processed": .integer(processed), ":due_at": dueAt,
            ":ended_at": .time(phase.isOpen ? nil : now),
        ]
    }
}
