/// Those who wait for something, in the order in which they came. Each has a number by which it is found again when it
/// gives up waiting.
///
/// What they wait for, who may have it and how they are woken is up to the list's owner: it keeps the list in its own
/// state, under its own lock. Where customers have to share, `FairWaitList` has a list of each.
///
/// Every read of the store passes through both lists; they are inlinable so that the compiler specialises them for
/// their users' types.
package struct WaitList<Waiter: Sendable>: Sendable {
    @usableFromInline
    var waiters: [(number: Int, waiter: Waiter)] = []

    @inlinable
    package init() {}

    @inlinable package var isEmpty: Bool { waiters.isEmpty }
    @inlinable package var count: Int { waiters.count }
    /// The one who has waited longest.
    @inlinable
    package var first: (number: Int, waiter: Waiter)? { waiters.first }

    /// - Parameter number: one that no other waiter has.
    @inlinable
    package mutating func append(_ waiter: Waiter, as number: Int) {
        waiters.append((number, waiter))
    }

    /// - Returns: nil for one that no longer waits.
    @inlinable
    package mutating func remove(_ number: Int) -> Waiter? {
        waiters.firstIndex { $0.number == number }.map { waiters.remove(at: $0).waiter }
    }

    /// Takes out the one who has waited longest.
    @inlinable
    package mutating func removeFirst() -> Waiter? {
        waiters.isEmpty ? nil : waiters.removeFirst().waiter
    }

    /// Takes out those who came first, as many as there are and no more than the limit.
    @inlinable
    package mutating func removeFirst(upTo limit: Int) -> [Waiter] {
        let leaving = waiters.prefix(max(limit, 0)).map(\.waiter)
        waiters.removeFirst(leaving.count)
        return leaving
    }

    /// Takes out those whose number is this one or a smaller one.
    @inlinable
    package mutating func removeAll(through number: Int) -> [Waiter] {
        let leaving = waiters.filter { $0.number <= number }.map(\.waiter)
        if !leaving.isEmpty { waiters.removeAll { $0.number <= number } }
        return leaving
    }
}
