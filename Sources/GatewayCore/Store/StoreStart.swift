package import FoundationEssentials

/// What a store found when a gateway opened it.
package struct StoreFindings: Sendable, Equatable {
    /// Whether there was no store before.
    package var isNew: Bool
    /// When a gateway looked after the store last before this one opened it, to a minute; nil for a new one. Where
    /// another process goes on beside this one, it is the present time.
    package var lastEntry: Date?
    /// Messages whose claims were over at the opening because the process that held them had ended: they are due again,
    /// in doubt. A process that goes on keeps its claims, and they are not counted.
    package var claimsInDoubt: Int
    /// Whether it is a copy that a backup made, and `doubtQueued` has not been called on it yet.
    package var isCopy: Bool

    package init(isNew: Bool, lastEntry: Date?, claimsInDoubt: Int, isCopy: Bool = false) {
        self.isNew = isNew
        self.lastEntry = lastEntry
        self.claimsInDoubt = claimsInDoubt
        self.isCopy = isCopy
    }
}

/// What a gateway asks of a store once, before it sends anything.
package protocol StoreStart: Sendable {
    /// What the opening found.
    var findings: StoreFindings { get }
    /// Messages of all batches that no MMSC has taken yet. Where several processes share the store it may be as old as
    /// the bound on the queue allows: see `BatchStore.insert`.
    var waitingCount: Int { get }
    /// The store was restored from a backup: what it has queued and has begun may have been sent since, and is in doubt
    /// now. Nothing else may use the store meanwhile. When it returns, the store is no copy any more.
    ///
    /// - Returns: how many messages that are.
    func doubtQueued(now: Date) async throws(StoreFailure) -> Int
}

/// A store whose size the operator bounds. One whose server somebody else looks after is none.
package protocol BoundedStore: Sendable {
    /// The size of what the store holds, as it is held against the limit.
    func usedBytes() async throws(StoreFailure) -> Int
    /// Sets how large the store may grow; nil leaves that to the disk. This gives room to a store that is full.
    func limitSize(bytes: Int?) async throws(StoreFailure)
}
