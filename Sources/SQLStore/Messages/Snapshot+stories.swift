import GatewayCore

extension Snapshot {
    /// The most attempts of one message that are read, the newest first: there may be hundreds.
    private static let attemptLimit = 100

    /// Looks the name up as each kind in turn; the first kind that has it counts.
    func stories(of name: String, limit: Int) throws(SQLError) -> (stories: [MessageStory], count: Int) {
        let kinds: [(count: StoryQuery, list: StoryQuery)] = [
            (.countByID, .listByID), (.countInBatch, .listInBatch), (.countByMessageID, .listByMessageID),
        ]
        for kind in kinds {
            let count = try count(kind.count, [":name": .text(name)])
            guard count > 0 else { continue }
            let ids = try connection.rows(
                kind.list, [":name": .text(name), ":limit": .integer(limit)]
            ) { (row) throws(SQLError) in try row.id() }
            var stories: [MessageStory] = []
            for id in ids { stories.append(try story(of: id)) }
            return (stories, count)
        }
        return ([], 0)
    }

    private func story(of id: Message.ID) throws(SQLError) -> MessageStory {
        let found = try connection.first(
            StoryQuery.message, [":message": .id(id)]
        ) { (row) throws(SQLError) in try FoundMessage(&row) }
        guard let found, let batch = try labelledBatch(found.message.batch) else {
            throw .unreadable("a message that was just found")
        }
        var story = MessageStory(
            message: found.message, mmsc: found.mmsc, messageID: found.messageID, expireAt: found.expireAt,
            dueAt: found.dueAt, sharedRequest: found.sharedRequest, recipientsOfRequest: [found.message.recipient],
            batch: batch, media: try media(of: batch.id), mediaWait: try mediaWait(of: batch.id),
            mediaWords: try mediaWords(of: batch.id))
        if let request = found.sharedRequest {
            story.recipientsOfRequest = try connection.rows(
                StoryQuery.sharing, [":batch": .id(batch.id), ":request": .text(request)]
            ) { (row) throws(SQLError) in try row.recipient() }
        }
        story.attempts = try connection.rows(
            StoryQuery.attempts, [":message": .id(id), ":limit": .integer(Self.attemptLimit)]
        ) { (row) throws(SQLError) in try row.attempt() }.reversed()
        story.cancelAttempts = try connection.rows(
            StoryQuery.cancelAttempts, [":message": .id(id)]
        ) { (row) throws(SQLError) in try row.cancelAttempt() }
        story.reports = try connection.rows(
            StoryQuery.reports, [":message": .id(id)]
        ) { (row) throws(SQLError) in try row.report() }
        story.notifications = try connection.rows(
            StoryQuery.notifications, [":batch": .id(batch.id), ":message": .id(id)]
        ) { (row) throws(SQLError) in try row.notification() }
        return story
    }
}
