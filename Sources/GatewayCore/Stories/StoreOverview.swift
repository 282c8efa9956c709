package import FoundationEssentials

/// What is open in the store at one moment, counted.
package struct StoreOverview: Sendable {
    /// Messages without a final state, by who may carry them and by state.
    package var messages: [OpenMessages] = []
    /// SubmitReqs, by MMSC, that were sent though one before them may have arrived: since the store was made.
    package var resends: [String: Int] = [:]
    /// Since when the oldest message that an MMSC took has been without a final report, by MMSC.
    package var oldestUnreported: [String: Date] = [:]
    /// Calls of webhooks that no customer has heard yet.
    package var openCalls = 0
    /// When the oldest event of them happened.
    package var oldestOpenCall: Date?
    /// The calls that were given up and are still kept, by customer, and why the newest of each was.
    package var givenUpCalls: [(owner: Owner, count: Int, reason: PeerText?)] = []
    /// Batches whose media is not here yet, those that wait for a later try included.
    package var batchesWithoutMedia = 0
    /// Inbound messages whose media is not in their customer's bucket yet.
    package var openUploads = 0
    /// Unowned inbound messages.
    package var quarantined = 0
    /// Inbound messages of each app that are still to be read by its API; no webhook notifies of them before.
    package var inboundsOfApps: [(owner: Owner, count: Int)] = []
    /// The size of the database, with what is free inside it and without its log.
    package var databaseBytes = 0
    /// What is kept, and since when.
    package var kept = KeptSpan()

    /// The processes that share the store, those that are gone for less than a day included; none for a store that one
    /// process has alone.
    package var replicas: [StoreReplica] = []

    package init() {}
}

/// A process that shares a store with others.
package struct StoreReplica: Sendable, Equatable {
    package var name: String
    package var version: String
    package var startedAt: Date
    /// Whether it has said in time that it goes on.
    package var isAlive: Bool
    /// The MMSCs that it sends to, in the order of their names.
    package var lanes: [String]

    package init(name: String, version: String, startedAt: Date, isAlive: Bool, lanes: [String]) {
        self.name = name
        self.version = version
        self.startedAt = startedAt
        self.isAlive = isAlive
        self.lanes = lanes
    }
}
