import FoundationEssentials
import GatewayCore

extension Snapshot {
    func appBatch(_ id: AppBatch.ID, of project: String) throws(SQLError) -> AppBatch? {
        guard let number = try connection.number(of: .project(project)) else { return nil }
        return try connection.first(
            AppBatchQuery.find, [":id": .id(id), ":project": .integer(number)]
        ) { (row) throws(SQLError) in try row.appBatch() }
    }

    func appBatches(
        of project: String, having key: AppBatch.Key, limit: Int
    ) throws(SQLError) -> [AppBatch] {
        guard let number = try connection.number(of: .project(project)) else { return [] }
        return try connection.rows(
            AppBatchQuery.having,
            [
                ":project": .integer(number), ":name": .text(key.name), ":value": .text(key.value),
                ":limit": .integer(max(limit, 0)),
            ]
        ) { (row) throws(SQLError) in try row.appBatch() }
    }

    /// Batches whose time has come: the first of each app, then the second of each, and so on.
    ///
    /// - Parameter last: the number of the app that had the last turn.
    /// - Returns: among others, the app that has it now.
    func dueAppBatches(
        limit: Int, now: Date, after last: Int
    ) throws(SQLError) -> (batches: [AppBatch], nextDue: Date?, last: Int) {
        var queues: [(app: Int, batches: [AppBatch])] = []
        var cursor = 0
        var failure: SQLError?
        while limit > 0, let app = try nextApp(after: cursor) {
            cursor = app
            let due = try connection.rows(
                AppBatchQuery.due, [":owner": .integer(app), ":now": .time(now), ":limit": .integer(limit)]
            ) { (row) throws(SQLError) -> AppBatch? in
                do throws(SQLError) {
                    return try row.appBatch()
                } catch {
                    failure = error
                    return nil
                }
            }.compactMap(\.self)
            if !due.isEmpty { queues.append((app, due)) }
        }
        // One that cannot be read holds up none of the others.
        if queues.isEmpty, let failure { throw failure }
        queues = queues.filter { $0.app > last } + queues.filter { $0.app <= last }
        var (batches, turn, served): ([AppBatch], Int, Int) = ([], 0, last)
        while case let round = queues.filter({ $0.batches.count > turn }), !round.isEmpty, batches.count < limit {
            for queue in round.prefix(limit - batches.count) {
                batches.append(queue.batches[turn])
                served = queue.app
            }
            turn += 1
        }
        let next = try connection.first(AppBatchQuery.nextDue, [":now": .time(now)]) { $0.optionalTime() } ?? nil
        return (batches, next, served)
    }

    /// The app with the next higher number that has open batches.
    private func nextApp(after number: Int) throws(SQLError) -> Int? {
        try connection.first(AppBatchQuery.nextApp, [":after": .integer(number)]) { $0.next().optionalInteger() } ?? nil
    }

    /// How many recipients of each app are still to become messages.
    func openRecipients() throws(SQLError) -> OwnerCounts {
        let rows = try connection.rows(AppBatchQuery.open) { (row) throws(SQLError) in
            (owner: try row.integer(), count: try row.integer())
        }
        return rows.reduce(into: OwnerCounts()) { $0.count($1.count, of: $1.owner) }
    }
}
