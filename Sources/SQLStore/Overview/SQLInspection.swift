package import FoundationEssentials
package import GatewayCore

/// A database as another process than the gateway reads it.
package struct SQLInspection: StoreInspection {
    private let readers: Readers
    private let complete: @Sendable (Connection, inout StoreOverview) throws(SQLError) -> Void

    /// - Parameter complete: adds to an overview what only one kind of database has.
    package init(
        on connection: ConnectionThread,
        complete: @escaping @Sendable (Connection, inout StoreOverview) throws(SQLError) -> Void = {
            (_, _) throws(SQLError) in
        }
    ) {
        readers = Readers([connection])
        self.complete = complete
    }

    package func close() async { await readers.close() }

    package func overview() async throws(StoreFailure) -> StoreOverview {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.atOneMoment { () throws(SQLError) in
                var overview = try snapshot.overview()
                try complete(snapshot.connection, &overview)
                return overview
            }
        }
    }

    package func stories(
        of name: String, limit: Int
    ) async throws(StoreFailure) -> (stories: [MessageStory], count: Int) {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.atOneMoment { () throws(SQLError) in try snapshot.stories(of: name, limit: limit) }
        }
    }

    package func inbounds(
        named name: String, limit: Int
    ) async throws(StoreFailure) -> (stories: [InboundStory], count: Int) {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.atOneMoment { () throws(SQLError) in try snapshot.inbounds(named: name, limit: limit) }
        }
    }

    package func quarantined(
        limit: Int
    ) async throws(StoreFailure) -> (stories: [InboundStory], count: Int) {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.atOneMoment { () throws(SQLError) in try snapshot.quarantined(limit: limit) }
        }
    }

    package func findings(
        of search: Search, since: Date?, limit: Int
    ) async throws(StoreFailure) -> (findings: [Finding], hasMore: Bool) {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.atOneMoment { () throws(SQLError) in
                try snapshot.findings(of: search, since: since, limit: limit)
            }
        }
    }
}
