/// Those who wait for permits of a shared resource, in a list for each owner and target: to find the next costs as many
/// steps as there are lists, however long they are.
package struct FairWaitList<Owner: Hashable & Sendable, Target: Hashable & Sendable, Waiter: Sendable>: Sendable {
    @usableFromInline
    struct Key: Hashable, Sendable {
        @usableFromInline let owner: Owner
        @usableFromInline let target: Target

        @inlinable
        init(owner: Owner, target: Target) {
            self.owner = owner
            self.target = target
        }
    }

    @usableFromInline
    struct Queue: Sendable {
        @usableFromInline let key: Key
        /// Never empty.
        @usableFromInline var waiters: WaitList<Waiter>

        @inlinable
        init(key: Key) {
            self.key = key
            waiters = WaitList()
        }

        @inlinable var firstNumber: Int { waiters.first?.number ?? .max }
    }

    @usableFromInline
    var queues: [Queue] = []
    package internal(set) var count = 0
    /// The number of the last who came.
    package internal(set) var lastNumber = 0

    @inlinable
    package init() {}

    @inlinable
    package func count(of owner: Owner) -> Int {
        queues.reduce(0) { $1.key.owner == owner ? $0 + $1.waiters.count : $0 }
    }

    /// The owners of those who wait; one who waits for several targets is there for each.
    package var owners: some Sequence<Owner> { queues.lazy.map(\.key.owner) }

    /// - Returns: the number by which the waiter can be found again; greater than those of all who came before.
    @inlinable
    @discardableResult
    package mutating func append(_ waiter: Waiter, of owner: Owner, at target: Target) -> Int {
        lastNumber += 1
        count += 1
        let key = Key(owner: owner, target: target)
        let index = queues.firstIndex { $0.key == key } ?? queues.endIndex
        if index == queues.endIndex { queues.append(Queue(key: key)) }
        queues[index].waiters.append(waiter, as: lastNumber)
        return lastNumber
    }

    /// - Returns: nil for one that no longer waits.
    @inlinable
    package mutating func remove(_ number: Int) -> Waiter? {
        for index in queues.indices {
            guard let waiter = queues[index].waiters.remove(number) else { continue }
            oneLeft(index)
            return waiter
        }
        return nil
    }

    /// Takes out those who came up to this number.
    @inlinable
    package mutating func removeAll(through number: Int) -> [Waiter] {
        var leaving: [Waiter] = []
        for index in queues.indices { leaving += queues[index].waiters.removeAll(through: number) }
        count -= leaving.count
        queues.removeAll { $0.waiters.isEmpty }
        return leaving
    }

    /// Takes out the waiter who comes next, and its permits. Nil where none of them may have one now.
    ///
    /// - Parameter permits: how many each of them waits for.
    @inlinable
    package mutating func enter(_ share: inout FairShare<Owner, Target>, permits: Int = 1) -> Waiter? {
        // Where two have an equal right the earlier goes first: the queues stand in the order of their first waiters.
        if queues.count > 1 { queues.sort { $0.firstNumber < $1.firstNumber } }
        let candidates = queues.lazy.map { (owner: $0.key.owner, target: $0.key.target) }
        guard let index = share.next(among: candidates),
            let waiter = queues[index].waiters.removeFirst()
        else { return nil }
        share.take(permits, for: queues[index].key.owner, at: queues[index].key.target)
        oneLeft(index)
        return waiter
    }

    @inlinable
    mutating func oneLeft(_ index: Int) {
        count -= 1
        if queues[index].waiters.isEmpty { queues.remove(at: index) }
    }
}
