import GatewayCore

extension Snapshot {
    /// Inbound messages that a name stands for: the id of one message, or a project, a slash and an app.
    func inbounds(named name: String, limit: Int) throws(SQLError) -> (stories: [InboundStory], count: Int) {
        if let story = try inboundStory(of: name) { return ([story], 1) }
        return (
            try inboundStories(.listOfApp, [":name": .text(name), ":limit": .integer(limit)]),
            try count(InboundStoryQuery.countOfApp, [":name": .text(name)])
        )
    }

    /// The quarantined messages, oldest first.
    func quarantined(limit: Int) throws(SQLError) -> (stories: [InboundStory], count: Int) {
        (try inboundStories(.listQuarantined, [":limit": .integer(limit)]), try countQuarantined())
    }

    private func inboundStories(_ query: InboundStoryQuery, _ bindings: Bindings) throws(SQLError) -> [InboundStory] {
        var stories: [InboundStory] = []
        let ids = try connection.rows(query, bindings) { (row) throws(SQLError) in try row.id() }
        for id in ids {
            if let story = try inboundStory(of: id.description) { stories.append(story) }
        }
        return stories
    }

    func inboundStory(of id: String) throws(SQLError) -> InboundStory? {
        let found = try connection.first(
            InboundStoryQuery.inbound, [":name": .text(id)]
        ) { (row) throws(SQLError) in (inbound: try row.inbound(), mmsc: try row.text()) }
        guard let found else { return nil }
        let notifications = try connection.rows(
            InboundStoryQuery.notifications, [":name": .text(id)]
        ) { (row) throws(SQLError) in try row.notification() }
        return InboundStory(inbound: found.inbound, mmsc: found.mmsc, notifications: notifications)
    }

    /// Inbound messages without an owner.
    func countQuarantined() throws(SQLError) -> Int { try count(InboundStoryQuery.countQuarantined) }
}
