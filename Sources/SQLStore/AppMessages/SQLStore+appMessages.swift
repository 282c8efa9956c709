package import FoundationEssentials
package import GatewayCore

extension SQLStore {
    package func insert(
        _ messages: [AppSend], keeping answer: KeptAnswer?, limits: QueueLimits
    ) async throws(StoreFailure) -> InsertResult {
        let sends = try WrittenSend.all(messages)
        return try await writer.write { (transaction) throws(SQLError) in
            try transaction.insert(sends, keeping: answer, limits: limits)
        }
    }

    package func appMessage(
        _ id: ULID, of project: String, now: Date
    ) async throws(StoreFailure) -> ListedAppMessage? {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.appMessage(id, of: project, now: now)
        }
    }

    package func appMessages(
        of project: String, matching filter: AppMessageFilter, after cursor: ListCursor?, limit: Int, now: Date
    ) async throws(StoreFailure) -> ListSlice<ListedAppMessage> {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.listed(
                AppMessageList(
                    of: project, matching: filter, after: cursor, limit: limit, now: now, on: snapshot.connection
                )?.page())
        }
    }

    package func lastAppMessages(
        of project: String, matching filter: AppMessageFilter, after cursor: ListCursor?, limit: Int, now: Date
    ) async throws(StoreFailure) -> ListSlice<ListedAppMessage> {
        try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try snapshot.listed(
                AppMessageList(
                    of: project, matching: filter, after: cursor, limit: limit, now: now, on: snapshot.connection
                )?.lastOfEach())
        }
    }

    package func removeAppMessage(_ id: ULID, of project: String) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            guard let number = try transaction.connection.number(of: .project(project)) else { return false }
            return try transaction.connection.run(
                AppMessageQuery.drop, [":id": .id(id), ":project": .integer(number)]) > 0
        }
    }

    package func setEcho(
        _ echo: Echo, of inbound: Inbound.ID, replacing old: Echo, of owner: Owner
    ) async throws(StoreFailure) -> Bool {
        try await writer.write { (transaction) throws(SQLError) in
            guard let number = try transaction.connection.number(of: owner) else { return false }
            return try transaction.connection.run(
                AppMessageQuery.setEcho,
                [
                    ":echo": .text(echo.text), ":id": .id(inbound), ":old": .text(old.text),
                    ":owner": .integer(number),
                ]) > 0
        }
    }

    package func offers(
        of owner: Owner, from sender: String, to number: String, since: Date, limit: Int
    ) async throws(StoreFailure) -> [AppOffer] {
        try await readers.read { (snapshot) throws(SQLError) in
            guard let owner = try snapshot.connection.number(of: owner) else { return [] }
            return try snapshot.connection.rows(
                AppMessageQuery.offers,
                [
                    ":owner": .integer(owner), ":sender": .text(sender), ":recipient": .text(number),
                    ":since": .time(since), ":limit": .integer(limit),
                ]
            ) { (row) throws(SQLError) in
                let message = try row.id()
                return AppOffer(message, of: try row.batchWithoutParameters())
            }
        }
    }

    package func waitingMessages(of apps: [String], in project: String) async throws(StoreFailure) -> [Int] {
        let numbers = try await customerReads.read(for: .project(project)) { (snapshot) throws(SQLError) in
            try apps.map { (app) throws(SQLError) in
                try snapshot.connection.number(of: .app(app, project: project))
            }
        }
        return numbers.map { $0.map(writer.waitingCount) ?? 0 }
    }

    package func dropAppMessages(keptUntil now: Date, limit: Int) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.run(
                AppMessageQuery.dropAged, [":now": .time(now), ":limit": .integer(limit)])
        }
    }

    package func dropOffers(before: Date, limit: Int) async throws(StoreFailure) -> Int {
        try await writer.write { (transaction) throws(SQLError) in
            try transaction.connection.run(
                AppMessageQuery.dropOffers, [":before": .time(before), ":limit": .integer(limit)])
        }
    }
}

extension Snapshot {
    fileprivate func appMessage(_ id: ULID, of project: String, now: Date) throws(SQLError) -> ListedAppMessage? {
        guard let number = try connection.number(of: .project(project)) else { return nil }
        let entry = try connection.first(
            AppMessageQuery.find, [":id": .id(id), ":project": .integer(number), ":now": .time(now)]
        ) { (row) throws(SQLError) in try AppMessageEntry(&row) }
        return try entry.flatMap { (entry) throws(SQLError) in try listed(entry) }
    }

    /// The lines of a list with their content; nil for an empty list.
    fileprivate func listed(_ slice: ListSlice<AppMessageEntry>?) throws(SQLError) -> ListSlice<ListedAppMessage> {
        var messages: [ListedAppMessage] = []
        for entry in slice?.elements ?? [] {
            if let message = try listed(entry) { messages.append(message) }
        }
        return ListSlice(messages, next: slice?.next)
    }

    /// Nil where what it is about was removed in between.
    private func listed(_ entry: AppMessageEntry) throws(SQLError) -> ListedAppMessage? {
        switch entry.body {
        case .batch(let id): try labelledBatch(id).map { ListedAppMessage(entry, .sent($0)) }
        case .inbound(let id, _): try inbound(id).map { ListedAppMessage(entry, .received($0)) }
        }
    }
}
