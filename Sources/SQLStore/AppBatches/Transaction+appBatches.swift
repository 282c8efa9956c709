import FoundationEssentials
import GatewayCore

extension Transaction {
    func insert(
        _ columns: WrittenAppBatch, request: [UInt8], notices: [Notice], keeping answer: KeptAnswer?,
        limits: QueueLimits
    ) throws(SQLError) -> InsertResult {
        try connection.driver.requireRoom()
        if let kept = try kept(answer) { return .answered(kept) }
        let batch = columns.batch
        let project = try project(of: batch.owner)
        let owner = try number(of: batch.owner)
        guard hasRoom(for: batch.remainder, of: owner, limits) else { return .queueFull }
        try connection.write(
            AppBatchQuery.insert, columns.bindings(owner: owner, project: project.number, now: batch.createdAt))
        for key in batch.keys {
            try connection.write(
                AppBatchQuery.insertKey,
                [
                    ":project": .integer(project.number), ":name": .text(key.name), ":value": .text(key.value),
                    ":batch": .id(batch.id),
                ])
        }
        if batch.phase.isOpen {
            try connection.write(AppBatchQuery.insertRequest, [":batch": .id(batch.id), ":request": .blob(request)])
            tally.recipients.count(batch.remainder, of: owner)
            signals.appBatches = true
        }
        try append(notices, now: batch.createdAt)
        try keep(answer)
        return .inserted
    }

    func cancelAppBatches(
        _ selection: AppBatch.Selection, of project: String, limit: Int, now: Date,
        notices: (AppBatch) -> [Notice]
    ) throws(SQLError) -> Int {
        guard limit > 0, let project = try connection.number(of: .project(project)) else { return 0 }
        let bindings: Bindings = [":project": .integer(project), ":now": .time(now)]
        let batches =
            switch selection {
            case .batch(let id):
                try connection.rows(
                    AppBatchQuery.cancellable, bindings.with([":id": .id(id)])
                ) { (row) throws(SQLError) in try row.appBatch() }
            case .having(let key):
                try connection.rows(
                    AppBatchQuery.cancellableHaving,
                    bindings.with([":name": .text(key.name), ":value": .text(key.value), ":limit": .integer(limit)])
                ) { (row) throws(SQLError) in try row.appBatch() }
            }
        for batch in batches {
            var next = batch
            next.phase = .cancelled
            try move(batch, to: next, now: now)
            try append(notices(next), now: now)
        }
        return batches.count
    }

    func advance(
        _ batch: AppBatch, by count: Int, taking messages: [WrittenSend], notices: [Notice], now: Date
    ) throws(SQLError) -> Bool {
        let project = try project(of: batch.owner)
        let present = try connection.first(
            AppBatchQuery.find, [":id": .id(batch.id), ":project": .integer(project.number)]
        ) { (row) throws(SQLError) in try row.appBatch() }
        guard let present, present.phase.isOpen, present.processed == batch.processed else { return false }
        guard count >= 0, count <= present.remainder, messages.count <= count else {
            throw .mistake("more recipients than a batch has")
        }
        var next = present
        next.phase = batch.phase
        next.processed += count
        try move(present, to: next, now: now)
        try insert(messages)
        if present.isInDoubt { try doubt(messages.map(\.send.message), now: now) }
        try append(notices, now: now)
        return true
    }

    /// Whether so many more messages of an app may wait.
    func hasRoom(for count: Int, of owner: Int, _ limits: QueueLimits) -> Bool {
        if let limit = limits.all, taken + count > limit { return false }
        guard let limit = limits.own else { return true }
        return tally.waiting[owner] + tally.recipients[owner] + count <= limit
    }

    /// Writes what a batch has become, and what waits no longer because of it.
    private func move(_ batch: AppBatch, to next: AppBatch, now: Date) throws(SQLError) {
        try connection.write(AppBatchQuery.advance, next.progress(now: now))
        if !next.phase.isOpen { try connection.write(AppBatchQuery.dropRequest, [":batch": .id(batch.id)]) }
        tally.recipients.count(next.remainder - batch.remainder, of: try number(of: batch.owner))
        signals.appBatches = true
    }
}
