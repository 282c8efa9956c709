import FoundationEssentials
import GatewayCore

extension Snapshot {
    /// The attempts of one message that are looked at, the newest: there may be hundreds.
    private static let attemptLimit = 100

    /// Reads all that `body` reads from one state of the database.
    func atOneMoment<Value>(_ body: () throws(SQLiteError) -> Value) throws(SQLiteError) -> Value {
        try connection.run(TransactionQuery.beginReading)
        defer { connection.rollBack() }
        return try body()
    }

    func overview() throws(SQLiteError) -> StoreOverview {
        var overview = StoreOverview()
        overview.messages = try openMessages()
        let resends = try connection.rows(InspectionQuery.resends) { (row) throws(SQLiteError) in
            (mmsc: try row.text(), count: try row.integer())
        }
        overview.resends = Dictionary(resends.map { ($0.mmsc, $0.count) }, uniquingKeysWith: +)
        let unreported = try connection.rows(InspectionQuery.oldestUnreported) { (row) throws(SQLiteError) in
            (mmsc: try row.text(), since: try row.time())
        }
        overview.oldestUnreported = Dictionary(unreported.map { ($0.mmsc, $0.since) }, uniquingKeysWith: min)
        _ = try connection.first(InspectionQuery.unheardEvents) { (row) throws(SQLiteError) in
            overview.unheardEvents = try row.integer()
            overview.oldestUnheardEvent = row.optionalTime()
        }
        overview.givenUpEvents = try connection.rows(InspectionQuery.givenUpEvents) { (row) throws(SQLiteError) in
            (owner: try row.owner(), count: try row.integer(), reason: row.optionalPeerText())
        }
        overview.batchesWithoutMedia =
            try connection.first(InspectionQuery.batchesWithoutMedia) { (row) throws(SQLiteError) in
                try row.integer()
            } ?? 0
        overview.openUploads =
            try connection.first(InspectionQuery.openUploads) { (row) throws(SQLiteError) in try row.integer() } ?? 0
        overview.quarantined = try count(.countQuarantined, [:])
        overview.inboundsOfApps = try connection.rows(InspectionQuery.countByApp) { (row) throws(SQLiteError) in
            (owner: try row.owner(), count: try row.integer())
        }.filter { $0.count > 0 }
        let size = try ["page_count", "page_size"].map { (name) throws(SQLiteError) in
            try connection.value(of: "PRAGMA \(name)").flatMap { Int($0) } ?? 0
        }
        overview.databaseBytes = size.reduce(1, *)
        return overview
    }

    /// Inbound messages that a name stands for: the id of one, or an app behind its project and a slash.
    func inbounds(named name: String, limit: Int) throws(SQLiteError) -> (stories: [InboundStory], count: Int) {
        if let story = try inboundStory(of: name) { return ([story], 1) }
        return (
            try inboundStories(.listOfApp, [":name": .text(name), ":limit": .integer(limit)]),
            try count(.countOfApp, [":name": .text(name)])
        )
    }

    /// The oldest first.
    func quarantined(limit: Int) throws(SQLiteError) -> (stories: [InboundStory], count: Int) {
        (try inboundStories(.listQuarantined, [":limit": .integer(limit)]), try count(.countQuarantined, [:]))
    }

    private func inboundStories(_ query: InspectionQuery, _ bindings: Bindings) throws(SQLiteError) -> [InboundStory] {
        var stories: [InboundStory] = []
        let ids = try connection.rows(query, bindings) { (row) throws(SQLiteError) in try row.id() }
        for id in ids {
            if let story = try inboundStory(of: id.description) { stories.append(story) }
        }
        return stories
    }

    private func inboundStory(of id: String) throws(SQLiteError) -> InboundStory? {
        let found = try connection.first(
            InspectionQuery.inbound, [":name": .text(id)]
        ) { (row) throws(SQLiteError) in (inbound: try row.inbound(), mmsc: try row.text()) }
        guard let found else { return nil }
        let events = try connection.rows(
            InspectionQuery.inboundEvents, [":name": .text(id)]
        ) { (row) throws(SQLiteError) in try row.toldEvent() }
        return InboundStory(inbound: found.inbound, mmsc: found.mmsc, events: events)
    }

    private func count(_ query: InspectionQuery, _ bindings: Bindings) throws(SQLiteError) -> Int {
        try connection.first(query, bindings) { (row) throws(SQLiteError) in try row.integer() } ?? 0
    }

    /// Tries the name as each kind in turn; the first that fits counts.
    func stories(of name: String, limit: Int) throws(SQLiteError) -> (stories: [MessageStory], count: Int) {
        let kinds: [(count: InspectionQuery, list: InspectionQuery)] = [
            (.countByID, .listByID), (.countInBatch, .listInBatch), (.countByMessageID, .listByMessageID),
        ]
        for kind in kinds {
            let count = try count(kind.count, [":name": .text(name)])
            guard count > 0 else { continue }
            let ids = try connection.rows(
                kind.list, [":name": .text(name), ":limit": .integer(limit)]
            ) { (row) throws(SQLiteError) in try row.id() }
            var stories: [MessageStory] = []
            for id in ids { if let story = try story(of: id) { stories.append(story) } }
            return (stories, count)
        }
        return ([], 0)
    }

    private func story(of id: Message.ID) throws(SQLiteError) -> MessageStory? {
        let found = try connection.first(
            InspectionQuery.message, [":message": .id(id)]
        ) { (row) throws(SQLiteError) in try FoundMessage(&row) }
        guard let found, let batch = try labelledBatch(found.message.batch) else { return nil }
        var story = MessageStory(
            message: found.message, mmsc: found.mmsc, messageID: found.messageID, expireAt: found.expireAt,
            dueAt: found.dueAt, sharedRequest: found.sharedRequest, recipientsOfRequest: [found.message.recipient],
            batch: batch, media: try media(of: batch.id), mediaWait: try mediaWait(of: batch.id),
            mediaWords: try mediaWords(of: batch.id))
        if let request = found.sharedRequest {
            story.recipientsOfRequest = try connection.rows(
                InspectionQuery.sharing, [":batch": .id(batch.id), ":request": .text(request)]
            ) { (row) throws(SQLiteError) in try row.recipient() }
        }
        story.attempts = try connection.rows(
            InspectionQuery.attempts, [":message": .id(id), ":limit": .integer(Self.attemptLimit)]
        ) { (row) throws(SQLiteError) in try row.attempt() }.reversed()
        story.cancelAttempts = try connection.rows(
            InspectionQuery.cancelAttempts, [":message": .id(id)]
        ) { (row) throws(SQLiteError) in
            MessageStory.CancelAttempt(
                number: try row.integer(), endedAt: try row.time(), outcome: try row.text(),
                reason: row.optionalPeerText())
        }
        story.reports = try connection.rows(
            InspectionQuery.reports, [":message": .id(id)]
        ) { (row) throws(SQLiteError) in
            MessageStory.Report(
                receivedAt: try row.time(), status: PeerText(kept: try row.text()), statusText: row.optionalPeerText(),
                happenedAt: row.optionalTime())
        }
        story.events = try connection.rows(
            InspectionQuery.events, [":batch": .id(batch.id), ":message": .id(id)]
        ) { (row) throws(SQLiteError) in try row.toldEvent() }
        return story
    }
}

/// The columns of a message beyond those that the domain knows.
private struct FoundMessage {
    let message: Message
    let mmsc: String?
    let messageID: String?
    let expireAt: Date
    let dueAt: Date?
    let sharedRequest: String?

    init(_ row: inout Row) throws(SQLiteError) {
        message = try row.message()
        mmsc = row.optionalText()
        messageID = row.optionalText()
        expireAt = try row.time()
        dueAt = row.optionalTime()
        sharedRequest = row.optionalText()
    }
}

extension Row {
    fileprivate mutating func attempt() throws(SQLiteError) -> MessageStory.Attempt {
        MessageStory.Attempt(
            number: try integer(), mmsc: try text(), endedAt: try time(), event: try text(),
            statusCode: optionalInteger(), statusText: optionalPeerText(), isResend: try flag(), answer: optionalText())
    }

    fileprivate mutating func toldEvent() throws(SQLiteError) -> MessageStory.ToldEvent {
        let createdAt = try time()
        var ahead = self
        var state: MessageState?
        if ahead.optionalText() != nil { state = try self.state() } else { for _ in 1...3 { _ = optionalText() } }
        return MessageStory.ToldEvent(
            createdAt: createdAt, state: state, tries: try integer(), dueAt: optionalTime(), heardAt: optionalTime(),
            lastReason: optionalPeerText())
    }
}
