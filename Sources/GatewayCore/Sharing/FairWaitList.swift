/// Those who wait for permits of a shared resource, in queues by owner and target: whose turn it is costs as many steps
/// as there are queues, however long they are.
package struct WaitingLine<Owner: Hashable & Sendable, Target: Hashable & Sendable, Waiter: Sendable>: Sendable {
    private struct Key: Hashable, Sendable {
        let owner: Owner
        let target: Target
    }

    private struct Queue: Sendable {
        let key: Key
        /// In the order in which they came, never empty.
        var waiters: [(number: Int, waiter: Waiter)]
    }

    private var queues: [Queue] = []
    private(set) package var count = 0
    private var lastNumber = 0

    package init() {}

    package func count(of owner: Owner) -> Int {
        queues.reduce(0) { $1.key.owner == owner ? $0 + $1.waiters.count : $0 }
    }

    /// - Returns: by what the waiter can be found again; greater than that of all who came before.
    @discardableResult
    package mutating func append(_ waiter: Waiter, of owner: Owner, at target: Target) -> Int {
        lastNumber += 1
        count += 1
        let key = Key(owner: owner, target: target)
        if let index = queues.firstIndex(where: { $0.key == key }) {
            queues[index].waiters.append((lastNumber, waiter))
        } else {
            queues.append(Queue(key: key, waiters: [(lastNumber, waiter)]))
        }
        return lastNumber
    }

    /// - Returns: nil for one that waits no more.
    package mutating func remove(_ number: Int) -> Waiter? {
        for index in queues.indices {
            guard let place = queues[index].waiters.firstIndex(where: { $0.number == number }) else { continue }
            return remove(at: place, of: index)
        }
        return nil
    }

    /// Takes out the waiter whose turn it is, and a permit for it. Nil where none of them may have one now.
    package mutating func enter(_ share: inout FairShare<Owner, Target>) -> Waiter? {
        // Where two have an equal right the earlier goes first: the queues stand in the order of their first waiters.
        if queues.count > 1 { queues.sort { $0.waiters[0].number < $1.waiters[0].number } }
        let candidates = queues.lazy.map { (owner: $0.key.owner, target: $0.key.target) }
        guard let index = share.next(among: candidates) else { return nil }
        share.take(for: queues[index].key.owner, at: queues[index].key.target)
        return remove(at: 0, of: index)
    }

    private mutating func remove(at place: Int, of index: Int) -> Waiter {
        count -= 1
        let (_, waiter) = queues[index].waiters.remove(at: place)
        if queues[index].waiters.isEmpty { queues.remove(at: index) }
        return waiter
    }
}
