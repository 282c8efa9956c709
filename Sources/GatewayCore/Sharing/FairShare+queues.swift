extension FairShare {
    /// What one owner has waiting for one target, the first to go first.
    package struct Queue<Element: Sendable>: Sendable {
        package let owner: Owner
        package let target: Target
        /// No more are needed than `most(of:at:upTo:)`.
        package let waiting: [Element]

        package init(of owner: Owner, at target: Target, waiting: [Element]) {
            self.owner = owner
            self.target = target
            self.waiting = waiting
        }
    }

    /// How many of a queue can get a permit now, of so many that are asked for.
    package func most(of owner: Owner, at target: Target, upTo limit: Int) -> Int {
        min(freePermits(of: owner, at: target), limit)
    }

    /// Those of each queue that get the next permits, `limit` at most together.
    package func next<Element>(_ limit: Int, of queues: [Queue<Element>]) -> [ArraySlice<Element>] {
        let counts = allot(limit, among: queues.map { ($0.owner, $0.target, $0.waiting.count) })
        return zip(queues, counts).map { queue, count in queue.waiting.prefix(count) }
    }
}
