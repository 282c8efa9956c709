import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Writes a batch and its messages; those that wait are due once the media is here.
    func insert(
        _ columns: BatchColumns, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?,
        queueLimit: Int?
    ) throws(SQLiteError) -> InsertResult {
        let batch = columns.batch
        let owner = try number(of: batch.owner)
        if let answer, let kept = try kept(answer, of: owner) { return .answered(kept) }
        if let queueLimit, try waiting + messages.count + memberCount(of: batch, owner: owner) > queueLimit {
            return .queueFull
        }
        if let answer { _ = try keep(answer, of: owner) }
        try connection.run(BatchQuery.insert, columns.bindings(owner: owner))
        try put(messages, of: batch, owner: owner, expansion: expansion, now: batch.createdAt)
        return .inserted
    }

    /// Writes a batch in the place of the one it was made from, if that has not begun to leave.
    func replace(
        _ columns: BatchColumns, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) throws(SQLiteError) -> ReplaceResult {
        var batch = columns.batch
        guard let standing = try standing(of: batch.id), try number(of: batch.owner) == standing.owner else {
            return .noSuchBatch
        }
        guard standing.revision == batch.revision else { return .outdated }
        let count = try messageCounts(of: batch.id)
        guard !standing.isCanceled, !count.hasLeft, count.queued > 0 || standing.isUnexpanded else {
            return .dispatched
        }
        let added = try messages.count + memberCount(of: batch, owner: standing.owner)
        if let queueLimit, waiting - count.queued + added > queueLimit { return .queueFull }
        try connection.run(MessageQuery.dropAll, [":batch": .id(batch.id)])
        waiting -= count.queued
        batch.revision += 1
        try connection.run(BatchQuery.replace, columns.with(batch).bindings(owner: standing.owner))
        try put(messages, of: batch, owner: standing.owner, expansion: expansion, now: now)
        try keep(answer)
        return .replaced
    }

    /// Withdraws what has not left; a batch that has not begun loses its messages. False for no such batch.
    func cancel(_ id: Batch.ID, of owner: Owner, now: Date) throws(SQLiteError) -> Bool {
        guard let standing = try standing(of: id), try number(of: owner) == standing.owner else { return false }
        guard !standing.isCanceled else { return true }
        try connection.run(BatchQuery.cancel, [":id": .id(id), ":now": .time(now)])
        try connection.run(BatchQuery.cancelProgress, [":batch": .id(id)])
        let count = try messageCounts(of: id)
        // A clock that was set back does not make it as if nothing had left.
        if let beginsAt = standing.beginsAt, beginsAt > now, !count.hasLeft {
            waiting -= count.queued
            try connection.run(MessageQuery.dropAll, [":batch": .id(id)])
            try connection.run(BatchQuery.clearOpenCount, [":batch": .id(id)])
        } else {
            try beginCancellation(of: id, now: now)
            try withdraw(id, isUnexpanded: standing.isUnexpanded, now: now)
        }
        return true
    }

    private func withdraw(_ batch: Batch.ID, isUnexpanded: Bool, now: Date) throws(SQLiteError) {
        guard let unsent = MessageState.queued.applying(.cancelled),
            let sent = MessageState.inDoubt.applying(.cancelled),
            let (reporting, _) = try progress(of: batch)
        else { return }
        let ended = try connection.rows(
            MessageQuery.withdraw,
            [
                ":batch": .id(batch), ":unsent_state": .text(unsent.columns.state),
                ":sent_state": .text(sent.columns.state), ":now": .time(now),
            ]
        ) { (row) throws(SQLiteError) in (id: try row.id(), state: try row.state()) }
        waiting -= ended.count
        for message in ended {
            try tell(message.id, in: message.state, reporting: reporting, now: now)
        }
        try countEnded(ended.count, in: batch, reporting: reporting, now: now)
        // Groups alone, of which no member had become a message yet: the batch ends with nobody.
        if ended.isEmpty, isUnexpanded, reporting.tellsEndOfBatch, try progress(of: batch)?.isOver == true {
            try tellEnd(of: batch, now: now)
        }
    }

    /// Numbers that the groups of a batch stand for now.
    private func memberCount(of batch: Batch, owner: Int) throws(SQLiteError) -> Int {
        let groups = batch.groups
        guard !groups.isEmpty else { return 0 }
        let list = JSONColumn.plainList(groups.lazy.map(\.description))
        return try connection.rows(
            GroupQuery.expand, [":ids": .text(list), ":owner": .integer(owner), ":limit": .integer(Expansion.limit)]
        ) { (row) throws(SQLiteError) in try row.text() }.count
    }

    /// Writes how far a batch is, and its messages; with the members of its groups if it begins now.
    private func put(
        _ messages: [Message], of batch: Batch, owner: Int, expansion: Expansion, now: Date
    ) throws(SQLiteError) {
        let openCount = messages.count { !$0.state.isFinal }
        let isUnexpanded = !batch.groups.isEmpty
        // One that has begun by now is no more held up by the time that was chosen.
        let beginsAt = batch.sendAt.flatMap { $0 > now ? $0 : nil }
        let needsPreparing = isUnexpanded || messages.contains { $0.state == .queued }
        try connection.run(
            BatchQuery.putProgress,
            [
                ":batch": .id(batch.id), ":owner": .integer(owner), ":reporting": .text(batch.reporting.rawValue),
                ":begins_at": .time(beginsAt), ":open_count": .integer(openCount),
                ":receiver": .text(batch.callbackServer),
                ":revision": .integer(batch.revision), ":is_unexpanded": .flag(isUnexpanded),
                ":is_uniform": .flag(batch.parameters.isEmpty),
                ":media_server": .text(batch.content.mediaURL.map { WebServer(of: $0).description } ?? ""),
                ":media_due_at": .time(needsPreparing ? beginsAt ?? now : nil),
            ])
        let magnitude = DueQueue.magnitude(ofBatchWith: messages.count)
        for message in messages {
            try insert(
                message, owner: owner, magnitude: magnitude, reporting: batch.reporting, expireAt: batch.expireAt)
        }
        if isUnexpanded {
            if beginsAt == nil { try expand(batch.id, by: expansion, now: now) }
        } else if openCount == 0, batch.reporting.tellsEndOfBatch {
            try tellEnd(of: batch.id, now: now)
        }
        if needsPreparing { bells.media = true }
    }

    func insert(
        _ message: Message, owner: Int, magnitude: Int, reporting: Batch.Reporting, expireAt: Date
    ) throws(SQLiteError) {
        let state = message.state.columns
        try connection.run(
            MessageQuery.insert,
            [
                ":id": .id(message.id), ":batch": .id(message.batch), ":owner": .integer(owner),
                ":recipient": .text(message.recipient.digits),
                ":carriers": .text(message.carriers?.description),
                // One that has left is with the first of them.
                ":mmsc": .text(message.state == .queued ? nil : message.carriers?.names.first),
                ":magnitude": .integer(magnitude),
                ":state": .text(state.state), ":failure": .text(state.failure),
                ":message_id": .text(state.messageID), ":changed_at": .time(message.changedAt),
                ":attempts": .integer(message.attempts), ":expire_at": .time(expireAt),
                ":network_time": .time(message.networkTime), ":status_text": .text(message.statusText),
            ])
        if message.state.isWaiting { waiting += 1 }
        try tell(message.id, in: message.state, reporting: reporting, now: message.changedAt)
    }
}

extension BatchColumns {
    fileprivate func with(_ batch: Batch) -> BatchColumns {
        var columns = self
        columns.batch = batch
        return columns
    }
}

/// Where a batch stands when somebody wants to change it.
struct Standing {
    let owner: Int
    let isCanceled: Bool
    let revision: Int
    /// The time that the customer chose; nil: at once.
    let beginsAt: Date?
    let isUnexpanded: Bool
}

extension Transaction {
    fileprivate func standing(of batch: Batch.ID) throws(SQLiteError) -> Standing? {
        try connection.first(BatchQuery.standing, [":id": .id(batch)]) { (row) throws(SQLiteError) in
            Standing(
                owner: try row.integer(), isCanceled: try row.flag(), revision: try row.integer(),
                beginsAt: row.optionalTime(), isUnexpanded: try row.flag())
        }
    }

    fileprivate func messageCounts(of batch: Batch.ID) throws(SQLiteError) -> (queued: Int, hasLeft: Bool) {
        let counts = try connection.first(MessageQuery.standing, [":batch": .id(batch)]) { (row) throws(SQLiteError) in
            (queued: try row.integer(), hasLeft: try row.integer() > 0)
        }
        return counts ?? (0, false)
    }
}
