package import FoundationEssentials

/// The store as an operator looks at it, from another process than the gateway, which may be running or not.
///
/// It changes nothing, and no gateway waits for it. Each call reads one moment of the store.
package protocol StoreInspection: Sendable {
    /// Counts of what is open.
    func overview() async throws(StoreFailure) -> StoreOverview
    /// The messages that a name stands for: an id of ours, a batch's, or an MMSC's MessageID.
    ///
    /// - Returns: the first of them, and how many there are.
    func stories(of name: String, limit: Int) async throws(StoreFailure) -> (stories: [MessageStory], count: Int)
    /// The inbound messages that a name stands for: the id of one, or an app behind its project and a slash, as
    /// `project/app`; of an app the newest, and how many it has.
    func inbounds(named name: String, limit: Int) async throws(StoreFailure) -> (stories: [InboundStory], count: Int)
    /// Unowned inbound messages, the oldest first, and how many there are.
    func quarantined(limit: Int) async throws(StoreFailure) -> (stories: [InboundStory], count: Int)
    /// The newest messages that a search finds, the newest first.
    ///
    /// - Parameter since: none that came before; nil for all that are kept.
    /// - Returns: at most that many, and whether there are more.
    func findings(
        of search: Search, since: Date?, limit: Int
    ) async throws(StoreFailure) -> (findings: [Finding], hasMore: Bool)
    func close() async
}

extension StoreInspection {
    /// As many as one reads through.
    package func stories(of name: String) async throws(StoreFailure) -> (stories: [MessageStory], count: Int) {
        try await stories(of: name, limit: 20)
    }

    /// As many as one reads through.
    package func inbounds(named name: String) async throws(StoreFailure) -> (stories: [InboundStory], count: Int) {
        try await inbounds(named: name, limit: 20)
    }
}
