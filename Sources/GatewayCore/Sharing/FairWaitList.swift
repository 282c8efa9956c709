/// Those who wait for permits of a shared resource, in a list for each owner and target: who comes next costs as many
/// steps as there are lists, however long they are.
package struct FairWaitList<Owner: Hashable & Sendable, Target: Hashable & Sendable, Waiter: Sendable>: Sendable {
    private struct Key: Hashable, Sendable {
        let owner: Owner
        let target: Target
    }

    private struct Queue: Sendable {
        let key: Key
        /// Never empty.
        var waiters: WaitList<Waiter>

        var firstNumber: Int { waiters.first?.number ?? .max }
    }

    private var queues: [Queue] = []
    private(set) package var count = 0
    /// The number of the last who came.
    private(set) package var lastNumber = 0

    package init() {}

    package func count(of owner: Owner) -> Int {
        queues.reduce(0) { $1.key.owner == owner ? $0 + $1.waiters.count : $0 }
    }

    /// The owners of those who wait; one who waits for several targets is there for each.
    package var owners: some Sequence<Owner> { queues.lazy.map(\.key.owner) }

    /// - Returns: by what the waiter can be found again; greater than that of all who came before.
    @discardableResult
    package mutating func append(_ waiter: Waiter, of owner: Owner, at target: Target) -> Int {
        lastNumber += 1
        count += 1
        let key = Key(owner: owner, target: target)
        let index = queues.firstIndex { $0.key == key } ?? queues.endIndex
        if index == queues.endIndex { queues.append(Queue(key: key, waiters: WaitList())) }
        queues[index].waiters.append(waiter, as: lastNumber)
        return lastNumber
    }

    /// - Returns: nil for one that waits no more.
    package mutating func remove(_ number: Int) -> Waiter? {
        for index in queues.indices {
            guard let waiter = queues[index].waiters.remove(number) else { continue }
            oneLeft(index)
            return waiter
        }
        return nil
    }

    /// Takes out those who came up to this number.
    package mutating func removeAll(through number: Int) -> [Waiter] {
        var leaving: [Waiter] = []
        for index in queues.indices { leaving += queues[index].waiters.removeAll(through: number) }
        count -= leaving.count
        queues.removeAll { $0.waiters.isEmpty }
        return leaving
    }

    /// Takes out the waiter who comes next, and its permits. Nil where none of them may have one now.
    ///
    /// - Parameter permits: that each of them waits for.
    package mutating func enter(_ share: inout FairShare<Owner, Target>, permits: Int = 1) -> Waiter? {
        // Where two have an equal right the earlier goes first: the queues stand in the order of their first waiters.
        if queues.count > 1 { queues.sort { $0.firstNumber < $1.firstNumber } }
        let candidates = queues.lazy.map { (owner: $0.key.owner, target: $0.key.target) }
        guard let index = share.next(among: candidates),
            let waiter = queues[index].waiters.removeFirst(upTo: 1).first
        else { return nil }
        share.take(permits, for: queues[index].key.owner, at: queues[index].key.target)
        oneLeft(index)
        return waiter
    }

    private mutating func oneLeft(_ index: Int) {
        count -= 1
        if queues[index].waiters.isEmpty { queues.remove(at: index) }
    }
}
