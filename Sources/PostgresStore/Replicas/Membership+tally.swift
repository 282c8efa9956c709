import SQLStore
import Synchronization

/// What waits, counted over all processes. The lock that each transaction begins with makes the sums exact.
extension Membership {
    func refresh(_ tally: inout QueueTally, on connection: Connection) throws(SQLError) {
        let head = try connection.first(TallyQuery.head) { (row) throws(SQLError) in
            (version: Int64(try row.integer()), position: Int64(try row.integer()))
        }
        guard let head else { throw .unreadable("the head of the queue") }
        guard !state.withLock(\.mustRewriteTally) else {
            tally.version = head.version
            return
        }
        // A server that took the place of another may have lost the last changes, and have others in their place.
        let number = (connection.driver as? PostgresDriver)?.connectionNumber ?? 0
        if head.version < tally.version || state.withLock({ $0.talliedOn != number }) {
            tally = QueueTally(owners: tally.owners, lastPosition: tally.lastPosition)
            state.withLock { $0.talliedOn = number }
        }
        guard head.version != tally.version else { return }
        let changes = try connection.rows(
            TallyQuery.changes, [":version": .integer(tally.version)]
        ) { (row) throws(SQLError) in
            (owner: try row.integer(), waiting: try row.integer(), recipients: try row.integer())
        }
        for change in changes {
            tally.waiting.set(change.waiting, of: change.owner)
            tally.recipients.set(change.recipients, of: change.owner)
        }
        tally.lastPosition = max(tally.lastPosition, head.position)
        tally.sharedPosition = head.position
        tally.version = head.version
    }

    func publish(
        _ tally: inout QueueTally, telling signals: CommitSignals, on connection: Connection
    ) throws(SQLError) {
        if signals.apps { try connection.write(TallyQuery.countApps) }
        if state.withLock(\.mustRewriteTally) { return try rewrite(&tally, on: connection) }
        let owners = tally.waiting.changed.union(tally.recipients.changed)
        guard !owners.isEmpty || tally.lastPosition != tally.sharedPosition else { return }
        tally.version += 1
        try write(tally, of: owners, on: connection)
        tally.sharedPosition = tally.lastPosition
    }

    /// At the start of the only process, which has counted anew.
    private func rewrite(_ tally: inout QueueTally, on connection: Connection) throws(SQLError) {
        tally.version += 1
        // One that was held up and goes on later reads these changes like any others.
        try connection.write(TallyQuery.emptyAll, [":version": .integer(tally.version)])
        try write(tally, of: Set(tally.waiting.owners).union(tally.recipients.owners), on: connection)
        tally.sharedPosition = tally.lastPosition
    }

    private func write(_ tally: QueueTally, of owners: Set<Int>, on connection: Connection) throws(SQLError) {
        for owner in owners.sorted() {
            try connection.write(
                TallyQuery.setCount,
                [
                    ":owner": .integer(owner), ":waiting": .integer(tally.waiting[owner]),
                    ":recipients": .integer(tally.recipients[owner]), ":version": .integer(tally.version),
                ])
        }
        try connection.write(
            TallyQuery.setHead, [":version": .integer(tally.version), ":position": .integer(tally.lastPosition)])
    }
}
