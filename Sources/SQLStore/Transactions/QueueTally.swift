package import GatewayCore

/// What the writer knows without reading the database.
package struct QueueTally: Sendable, Equatable {
    /// Messages of all batches that no MMSC has taken yet.
    package var waiting = OwnerCounts()
    /// Recipients of apps' batches that are still to become messages.
    package var recipients = OwnerCounts()
    /// The last position that was given out, in milliseconds.
    package var lastPosition: Int64 = 0
    /// Owners that have had an event, by their numbers, which are never given to another.
    package var owners: [Int: Owner] = [:]
    /// The number of the last change that this is the sum of, where several processes make them; -1 before any is known.
    package var version: Int64 = -1

    /// The last position that the other processes know of.
    package var sharedPosition: Int64 = 0

    package init() {}

    /// Nothing but what cannot become wrong.
    package init(owners: [Int: Owner], lastPosition: Int64) {
        (self.owners, self.lastPosition) = (owners, lastPosition)
    }

    mutating func commit() {
        waiting.commit()
        recipients.commit()
    }
}

/// How many of something all owners have, and how many each has.
package struct OwnerCounts: Sendable, Equatable {
    package private(set) var all = 0
    /// By the numbers of the owners; none of 0.
    private var byOwner: [Int: Int] = [:]
    /// Owners whose counts were changed since the last commit.
    package private(set) var changed: Set<Int> = []

    package init() {}

    package subscript(owner: Int) -> Int { byOwner[owner, default: 0] }

    /// All who have any.
    package var owners: Dictionary<Int, Int>.Keys { byOwner.keys }

    mutating func count(_ change: Int, of owner: Int) {
        guard change != 0 else { return }
        set(self[owner] + change, of: owner)
        changed.insert(owner)
    }

    /// Takes a count as another process has left it.
    package mutating func set(_ count: Int, of owner: Int) {
        all += count - self[owner]
        byOwner[owner] = count == 0 ? nil : count
    }

    mutating func commit() { changed.removeAll() }
}
