import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Writes a batch and its messages; those that wait are due once the media is here.
    ///
    /// - Returns: among others, where to continue with the members of its groups, if the batch begins now and has more
    ///   members than one slice.
    func insert(
        _ columns: WrittenBatch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?,
        queueLimit: Int?
    ) throws(SQLError) -> (InsertResult, ExpansionCursor?) {
        try connection.driver.requireRoom()
        let batch = columns.batch
        let owner = try number(of: batch.owner)
        if let answer, let kept = try kept(answer, of: owner) { return (.answered(kept), nil) }
        if let queueLimit, try taken + messages.count + memberCount(of: batch, owner: owner) > queueLimit {
            return (.queueFull, nil)
        }
        if let answer { _ = try keep(answer, of: owner) }
        try write(columns, owner: owner)
        let rest = try put(messages, of: columns, owner: owner, expansion: expansion, now: batch.createdAt)
        return (.inserted, rest)
    }

    /// Writes the row of a batch, and the trace that it has.
    func write(_ columns: WrittenBatch, owner: Int) throws(SQLError) {
        try connection.write(BatchQuery.insert, columns.bindings(owner: owner))
        guard let trace = columns.batch.trace else { return }
        try connection.write(BatchQuery.insertTrace, [":batch": .id(columns.batch.id), ":trace": .text(trace.text)])
    }

    /// Replaces a batch by one made from it, if no message of it has been sent yet.
    func replace(
        _ columns: WrittenBatch, messages: [Message], expansion: Expansion, keeping answer: KeptAnswer?, now: Date,
        queueLimit: Int?
    ) throws(SQLError) -> (ReplaceResult, ExpansionCursor?) {
        try connection.driver.requireRoom()
        var batch = columns.batch
        guard let (owner, status) = try status(of: batch.id, for: batch.owner) else { return (.noSuchBatch, nil) }
        let count = try messageCounts(of: batch.id)
        if let refusal = status.refusal(ofOneMadeFrom: batch.revision, messages: count) { return (refusal, nil) }
        let added = try messages.count + memberCount(of: batch, owner: owner)
        if let queueLimit, taken - count.queued + added > queueLimit { return (.queueFull, nil) }
        try connection.write(MessageQuery.dropAll, [":batch": .id(batch.id)])
        countWaiting(-count.queued, of: owner)
        batch.revision += 1
        try connection.write(MediaQuery.forget, [":batch": .id(batch.id)])
        try connection.write(BatchQuery.replace, columns.with(batch).bindings(owner: owner))
        let rest = try put(messages, of: columns.with(batch), owner: owner, expansion: expansion, now: now)
        try keep(answer)
        return (.replaced, rest)
    }

    /// Gives a batch another echo, if the batch is unchanged since the echo was made.
    func setEcho(
        _ echo: Echo, of batch: Batch.ID, revision: Int, of owner: Owner, keeping answer: KeptAnswer?
    ) throws(SQLError) -> ReplaceResult {
        try connection.driver.requireRoom()
        guard let (_, status) = try status(of: batch, for: owner) else { return .noSuchBatch }
        guard status.revision == revision else { return .outdated }
        try connection.write(BatchQuery.setEcho, [":echo": .text(echo.text), ":id": .id(batch)])
        try keep(answer)
        return .replaced
    }

    /// Writes the progress of a batch and its messages; also the first members of its groups, if it begins now.
    ///
    /// - Returns: where to continue with the members.
    private func put(
        _ messages: [Message], of columns: WrittenBatch, owner: Int, expansion: Expansion, now: Date
    ) throws(SQLError) -> ExpansionCursor? {
        try put(messages, of: columns, owner: owner, place: QueuePlace(ofBatchWith: messages.count), now: now)
        let batch = columns.batch
        guard !batch.order.groups.isEmpty, batch.order.sendAt ?? now <= now else { return nil }
        return try expand(batch.id, revision: batch.revision, by: expansion, from: ExpansionCursor(), now: now)
    }

    /// Writes the progress of a batch and its messages.
    func put(
        _ messages: [Message], of columns: WrittenBatch, owner: Int, place: QueuePlace, now: Date
    ) throws(SQLError) {
        let batch = columns.batch
        let openCount = messages.count { !$0.state.isFinal }
        let isUnexpanded = !batch.order.groups.isEmpty
        // A batch that has begun is no longer held back by the time that the customer chose.
        let beginsAt = batch.order.sendAt.flatMap { $0 > now ? $0 : nil }
        let needsPreparing = isUnexpanded || messages.contains { $0.state == .queued }
        try connection.write(
            BatchQuery.putProgress,
            [
                ":batch": .id(batch.id), ":owner": .integer(owner),
                ":interest": .integer(batch.order.interest.rawValue),
                ":begins_at": .time(beginsAt), ":open_count": .integer(openCount),
                ":target": .text(batch.target),
                ":revision": .integer(batch.revision), ":is_unexpanded": .flag(isUnexpanded),
                ":is_uniform": .flag(batch.order.parameters.isEmpty),
                ":media_count": .integer(batch.order.content.media.count),
                ":media_server": .text(columns.mediaServer),
                ":media_due_at": .time(needsPreparing ? beginsAt ?? place.mediaDue(now) : nil),
            ])
        let subscription = Subscription(owner: owner, interest: batch.order.interest, target: batch.target)
        for message in messages {
            try insert(message, for: subscription, place: place, expireAt: batch.order.expireAt)
        }
        if !isUnexpanded, openCount == 0, batch.order.interest.includesEndOfBatch {
            try appendEnd(of: batch.id, for: subscription, now: now)
        }
        if needsPreparing { signals.media = true }
    }

    func insert(
        _ message: Message, for subscription: Subscription, place: QueuePlace, expireAt: Date
    ) throws(SQLError) {
        let state = message.state.columns
        try connection.write(
            MessageQuery.insert,
            [
                ":id": .id(message.id), ":batch": .id(message.batch), ":owner": .integer(subscription.owner),
                ":recipient": .text(message.recipient.digits),
                ":carriers": .text(message.carriers?.description),
                // A message that was sent is at the first of its carriers.
                ":mmsc": .text(message.state == .queued ? nil : message.carriers?.names.first),
                ":magnitude": .integer(place.magnitude), ":is_urgent": .flag(place.isUrgent),
                ":state": .text(state.state), ":failure": .text(state.failure),
                ":message_id": .text(state.messageID), ":changed_at": .time(message.changedAt),
                ":attempts": .integer(message.attempts), ":expire_at": .time(expireAt),
                ":network_time": .time(message.networkTime), ":status_text": .text(message.statusText),
            ])
        if message.state.isWaiting { countWaiting(1, of: subscription.owner) }
        try appendEvent(
            of: message.id, in: message.batch, becoming: message.state, for: subscription, now: message.changedAt)
    }
}

/// Where the messages of a batch wait among those of their customer.
struct QueuePlace: Sendable {
    let magnitude: Int
    let isUrgent: Bool

    /// - Parameter count: how many messages were asked for together.
    init(ofBatchWith count: Int, isUrgent: Bool = false) {
        magnitude = SubmissionShare.Queue.magnitude(ofBatchWith: count)
        self.isUrgent = isUrgent
    }

    /// When the media is due; what is urgent goes before all that came within a day.
    func mediaDue(_ now: Date) -> Date { isUrgent ? now + .seconds(-86_400) : now }
}

extension WrittenBatch {
    fileprivate func with(_ batch: Batch) -> WrittenBatch {
        var columns = self
        columns.batch = batch
        return columns
    }
}
