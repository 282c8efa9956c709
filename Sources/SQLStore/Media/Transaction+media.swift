import FoundationEssentials
import GatewayCore

/// How far the preparation of a batch is, from its media to its messages.
enum PreparationCursor: Sendable, Equatable {
    /// Messages are being made from the members of its groups.
    case members(ExpansionCursor)
    /// The messages after this number are next.
    case messages(after: String)

    static let beginning = members(ExpansionCursor())
}

/// What decides the next step in the preparation of a batch.
private struct Preparation {
    /// Whether messages of it still wait to be made due.
    let isAwaited: Bool
    /// Whether the time that the customer chose is in the future.
    let isEarly: Bool
    let mediaCount: Int
    /// How many of its media are here: the first ones.
    let fetched: Int

    var hasAllMedia: Bool { mediaCount > 0 && fetched == mediaCount }
}

extension Transaction {
    /// Records that a medium of the batch is here, or that it needs none. After the last medium the batch is ready: the
    /// members of its groups are added, and queued messages are due, but never before the batch begins.
    ///
    /// In a large batch some messages are due before others. Until the last one is, the batch is listed as one without
    /// media, so that no message is forgotten if the process ends meanwhile.
    ///
    /// - Returns: where to continue; nil at the end, and when the batch has another revision or is ready.
    func record(
        _ media: StoredMedia?, number: Int, for batch: Batch.ID, revision: Int, expansion: Expansion,
        from cursor: PreparationCursor, now: Date
    ) throws(SQLError) -> PreparationCursor? {
        guard let preparation = try self.preparation(of: batch, at: revision, now: now) else { return nil }
        guard !preparation.isEarly else {
            // The clock was set back while the media was fetched. The media is in the library when it is fetched again.
            try connection.write(MediaQuery.awaitBegin, [":batch": .id(batch)])
            return nil
        }
        if number + 1 < preparation.mediaCount {
            guard let media else { throw .mistake("a batch has a medium less than it names") }
            // A medium that was fetched twice is recorded once.
            if preparation.isAwaited, number == preparation.fetched {
                try keep(media, number: number, for: batch, isLast: false)
            }
            signals.media = true
            return nil
        }
        if case .members(let members) = cursor,
            let rest = try expand(batch, revision: revision, by: expansion, from: members, now: now)
        {
            return .members(rest)
        }
        // Adding the members can end the batch, and a batch that was withdrawn meanwhile is sent to nobody.
        guard try self.preparation(of: batch, at: revision, now: now)?.isAwaited == true else { return nil }
        // The media that some of the messages are already sent with is not changed.
        if preparation.fetched < preparation.mediaCount {
            guard let media, number == preparation.fetched else { throw .unreadable("the media of a batch") }
            try keep(media, number: number, for: batch, isLast: true)
        }
        var after = ""
        if case .messages(let last) = cursor { after = last }
        let slice = try slice(of: batch, after: after)
        if slice.through == nil { try connection.write(MediaQuery.recordReady, [":batch": .id(batch)]) }
        let carriers = try connection.rows(
            MessageQuery.makeDue, slice.bindings(of: batch).with([":position": self.position(at: now)])
        ) { (row) throws(SQLError) in try row.text() }
        for carriers in Set(carriers) { signals.raise(for: Carriers(carriers)) }
        return slice.through.map { .messages(after: $0) }
    }

    /// Nil when the batch has changed since the media was fetched.
    private func preparation(
        of batch: Batch.ID, at revision: Int, now: Date
    ) throws(SQLError) -> Preparation? {
        let found = try connection.first(
            MediaQuery.preparation, [":batch": .id(batch), ":revision": .integer(revision), ":now": .time(now)]
        ) { (row) throws(SQLError) in
            (
                isCurrent: try row.flag(),
                preparation: Preparation(
                    isAwaited: try row.flag(), isEarly: try row.flag(), mediaCount: try row.integer(),
                    fetched: try row.integer())
            )
        }
        guard let found else { throw .unreadable("the progress of a batch") }
        return found.isCurrent ? found.preparation : nil
    }

    private func keep(
        _ media: StoredMedia, number: Int, for batch: Batch.ID, isLast: Bool
    ) throws(SQLError) {
        if isLast {
            try connection.write(MediaQuery.record, [":batch": .id(batch)])
        } else {
            let next = number + 1
            let url = try connection.first(
                MediaQuery.server, [":batch": .id(batch), ":number": .integer(next)]
            ) { (row) throws(SQLError) in try row.text() }
            let server = url.map { WebServer(of: $0).description }
            try connection.write(
                MediaQuery.recordNext,
                [":batch": .id(batch), ":next": .integer(next), ":server": .text(server ?? "")])
        }
        try connection.write(
            MediaQuery.insert,
            [
                ":batch": .id(batch), ":number": .integer(number), ":hash": .text(media.hash),
                ":type": .text(media.contentType),
                ":bytes": .integer(media.byteCount), ":name": .text(media.name),
            ])
    }

    func postponeMedia(
        of batch: Batch.ID, revision: Int, until: Date, because reason: MediaReason?, isTry: Bool, now: Date
    ) throws(SQLError) {
        try connection.write(
            MediaQuery.postpone,
            [
                ":batch": .id(batch), ":revision": .integer(revision), ":until": .time(until),
                ":reason": .text(reason?.sentence), ":words": .text(reason?.words), ":tries": .integer(isTry ? 1 : 0),
                ":now": .time(now),
            ])
        signals.media = true
    }

    /// Ends the queued messages of the batch, those to members of its groups too. A batch with messages that are
    /// already due, because its media had come before, is made ready instead.
    ///
    /// - Returns: where to continue; nil at the end.
    func abandon(
        _ batch: Batch.ID, revision: Int, because failure: MessageState.Failure, reason: MediaReason?,
        expansion: Expansion, from cursor: PreparationCursor, now: Date
    ) throws(SQLError) -> PreparationCursor? {
        guard let preparation = try self.preparation(of: batch, at: revision, now: now) else { return nil }
        if preparation.isAwaited, preparation.hasAllMedia {
            return try record(
                nil, number: preparation.fetched, for: batch, revision: revision, expansion: expansion, from: cursor,
                now: now)
        }
        if case .members(let members) = cursor,
            let rest = try expand(batch, revision: revision, by: expansion, from: members, now: now)
        {
            return .members(rest)
        }
        let change = try decided { () throws(StoreFailure) in try WaitingChange(.abandoned(failure)) }
        let subscription = try progress(of: batch).subscription
        if let words = reason?.words {
            try connection.write(MediaQuery.recordWords, [":batch": .id(batch), ":words": .text(words)])
        }
        var after = ""
        if case .messages(let last) = cursor { after = last }
        let slice = try slice(of: batch, after: after)
        let ended = try connection.rows(
            MessageQuery.abandonQueued,
            slice.bindings(of: batch).with(change.bindings).with([
                ":reason": .text(reason?.sentence), ":now": .time(now),
            ])
        ) { (row) throws(SQLError) in try EndedMessage(&row) }
        countWaiting(-ended.count, of: subscription.owner)
        for message in ended {
            try appendEvent(of: message.id, in: batch, becoming: message.state, for: subscription, now: now)
        }
        try countEnded(ended.count, in: batch, for: subscription, now: now)
        return slice.through.map { .messages(after: $0) }
    }
}
