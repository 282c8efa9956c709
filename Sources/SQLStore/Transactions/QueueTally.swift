import GatewayCore

/// What the writer knows without reading the database.
package struct QueueTally: Sendable, Equatable {
    /// Messages of all batches that no MMSC has taken yet.
    var waiting = OwnerCounts()
    /// Recipients of apps' batches that are still to become messages.
    var recipients = OwnerCounts()
    /// The last position that was given out, in milliseconds.
    var lastPosition: Int64 = 0
    /// Owners that have had an event, by their numbers, which are never given to another.
    var owners: [Int: Owner] = [:]
}

/// How many of something all owners have, and how many each has.
package struct OwnerCounts: Sendable, Equatable {
    private(set) var all = 0
    /// By the numbers of the owners; none of 0.
    private var byOwner: [Int: Int] = [:]

    subscript(owner: Int) -> Int { byOwner[owner, default: 0] }

    mutating func count(_ change: Int, of owner: Int) {
        guard change != 0 else { return }
        all += change
        let count = self[owner] + change
        byOwner[owner] = count == 0 ? nil : count
    }
}
