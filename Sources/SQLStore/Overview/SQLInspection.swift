package import FoundationEssentials
package import GatewayCore

/// A database as another process than the gateway reads it.
package struct SQLInspection: StoreInspection {
    private let readers: Readers

    package init(on connection: ConnectionThread) { readers = Readers([connection]) }

    package func close() async { await readers.close() }

    package func overview() async throws(StoreFailure) -> StoreOverview {
        try await readers.read { (snapshot) throws(SQLError) in
            try snapshot.atOneMoment { () throws(SQLError) in try snapshot.overview() }
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
