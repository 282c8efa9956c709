import FoundationEssentials
import GatewayCore

/// What a look found that is to be removed, in the store's order.
struct Removable: Sendable {
    enum Item: Sendable {
        /// A batch and its few messages.
        case batch(String, messages: Int)
        /// A batch that is removed bit by bit.
        case largeBatch(String)
        case event(Int)
        /// The message whose attempts they are.
        case attempts(String)
    }

    /// Where the look began; nil for the beginning.
    let start: RemovalCursor?
    /// Each with the place in the store's order behind it.
    var items: [(item: Item, cursor: RemovalCursor)] = []
    /// Where the next look begins; nil where nothing is behind this one.
    var next: RemovalCursor?

    init(after start: RemovalCursor?) { self.start = start }

    /// How many items one look reads. It is short enough for a reader that others wait for.
    static let look = 500
    /// The most messages of a batch that is removed at once.
    static let small = 32
}

extension Snapshot {
    func removableBatches(endedBefore before: Date, after cursor: RemovalCursor?) throws(SQLError) -> Removable {
        var found = Removable(after: cursor)
        let rows = try connection.rows(
            RemovalQuery.batches,
            bindings(before, cursor).with([":before": .time(before), ":small": .integer(Removable.small)])
        ) { (row) throws(SQLError) in
            (batch: try row.text(), isMarked: try row.flag(), isOver: try row.flag(), count: try row.integer())
        }
        for row in rows where row.isOver {
            let isLarge = row.isMarked || row.count > Removable.small
            found.items.append(
                (
                    isLarge ? .largeBatch(row.batch) : .batch(row.batch, messages: row.count),
                    RemovalCursor(row.batch)
                ))
        }
        if rows.count == Removable.look { found.next = rows.last.map { RemovalCursor($0.batch) } }
        return found
    }

    func removableEvents(endedBefore before: Date, after cursor: RemovalCursor?) throws(SQLError) -> Removable {
        var found = Removable(after: cursor)
        let rows = try connection.rows(
            RemovalQuery.events,
            [
                ":after": .integer(cursor.flatMap { Int($0.text) } ?? 0), ":before": .time(before),
                ":look": .integer(Removable.look),
            ]
        ) { (row) throws(SQLError) in (id: try row.integer(), isOver: try row.flag(), isOld: try row.flag()) }
        for row in rows where row.isOver { found.items.append((.event(row.id), RemovalCursor("\(row.id)"))) }
        // Identifiers rise with the time but for a clock that was set, so one look without an old event is the end.
        if rows.count == Removable.look, rows.contains(where: \.isOld) {
            found.next = rows.last.map { RemovalCursor("\($0.id)") }
        }
        return found
    }

    func removableAttempts(endedBefore before: Date, after cursor: RemovalCursor?) throws(SQLError) -> Removable {
        let rows = try connection.rows(
            RemovalQuery.messagesWithAttempts, bindings(before, cursor).with([":before": .time(before)])
        ) { (row) throws(SQLError) in (message: try row.text(), isOver: try row.flag()) }
        var found = Removable(after: cursor)
        for row in rows where row.isOver { found.items.append((.attempts(row.message), RemovalCursor(row.message))) }
        if rows.count == Removable.look { found.next = rows.last.map { RemovalCursor($0.message) } }
        return found
    }

    /// Whether the removal of a batch has begun.
    func isBeingRemoved(_ batch: Batch.ID) throws(SQLError) -> Bool { try connection.isBeingRemoved(batch) }

    /// The range of identifiers that were made before a time.
    private func bindings(_ before: Date, _ cursor: RemovalCursor?) -> Bindings {
        [
            ":after": .text(cursor?.text ?? ""), ":until": .id(ULID(earliestAt: before)),
            ":look": .integer(Removable.look),
        ]
    }
}

extension Connection {
    func isBeingRemoved(_ batch: Batch.ID) throws(SQLError) -> Bool { try isBeingRemoved(batch.description) }

    func isBeingRemoved(_ batch: String) throws(SQLError) -> Bool {
        try first(RemovalQuery.isMarked, [":batch": .text(batch)]) { _ in true } ?? false
    }
}

extension ULID {
    /// Before every identifier that is made at that time or later.
    fileprivate init(earliestAt time: Date) {
        self.init(high: UInt64(clamping: max(time.milliseconds, 0)) << 16, low: 0)
    }
}
