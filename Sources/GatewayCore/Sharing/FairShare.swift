/// Whose turn it is at a resource that many owners share: the arithmetic alone, without waiting and without I/O.
///
/// Owners take turns, the one with the least going on first. One owner has half of the permits at most, so that the next
/// who comes finds some. A target that did not answer in time (a web server, a storage) has one permit until it answers,
/// and then twice as many with each answer: what hangs there hangs alone.
///
/// An owner is whoever can be told apart and may be greedy: a customer, an MMSC, an address. A target is what an owner's
/// work waits for; where there is none, it is the owner.
package struct FairShare<Owner: Hashable & Sendable, Target: Hashable & Sendable>: Sendable {
    package let resource: SharedResource
    /// Permits in all. Setting fewer than are held takes none back.
    package var capacity: Int

    private(set) package var held = 0
    private var heldByOwner: [Owner: Int] = [:]
    private var heldByTarget: [Target: Int] = [:]
    /// The permits of targets that did not answer in time.
    private var trust: [Target: Int] = [:]
    /// How many further permits some owners may have, whatever is free.
    private var allowances: [Owner: Int] = [:]
    /// When each owner had its last turn, counted in turns.
    private var lastTurns: [Owner: Int] = [:]
    private var turn = 0
    /// How many permits each owner has had, by which its queues take turns where one permit falls to it at a time.
    private var permitsHad: [Owner: Int] = [:]

    /// The most owners and targets that are remembered while nothing of theirs is in progress.
    private static var memory: Int { 4096 }

    package init(_ resource: SharedResource, capacity: Int) {
        self.resource = resource
        self.capacity = capacity
    }

    /// The permits that one owner has at most: at least one.
    package var limitPerOwner: Int { resource.limitForOne(of: capacity) }

    /// How many permits the owner may take for the target now.
    package func freePermits(of owner: Owner, at target: Target) -> Int {
        let ofOwner = furtherPermits(of: owner)
        let ofTarget = trust[target].map { $0 - heldByTarget[target, default: 0] } ?? Int.max
        return max(min(capacity - held, ofOwner, ofTarget), 0)
    }

    package func held(by owner: Owner) -> Int { heldByOwner[owner, default: 0] }

    /// How many permits the owner may take now, if as many are free.
    package func furtherPermits(of owner: Owner) -> Int {
        min(limitPerOwner - heldByOwner[owner, default: 0], allowances[owner] ?? .max)
    }

    /// The permits that the target may have together; nil for one that answered in time, which has no limit of its own.
    package func limit(of target: Target) -> Int? { trust[target] }
}

// MARK: - Taking and giving back

extension FairShare {
    /// How the work ended that held a permit, as far as it says something of its target.
    package enum Ending: Sendable {
        /// The target answered, whatever it said.
        case answered
        /// The target did not answer in time.
        case timedOut
        /// Nothing is known of the target: the work ended before the target was asked.
        case silent
    }

    package mutating func take(_ count: Int = 1, for owner: Owner, at target: Target) {
        turn += 1
        lastTurns[owner] = turn
        permitsHad[owner, default: 0] &+= count
        held += count
        heldByOwner[owner, default: 0] += count
        heldByTarget[target, default: 0] += count
        forgetTheIdle()
    }

    /// - Parameter count: as it was taken.
    package mutating func giveBack(_ count: Int = 1, of owner: Owner, at target: Target, after ending: Ending) {
        held -= count
        heldByOwner.subtract(count, from: owner)
        heldByTarget.subtract(count, from: target)
        switch ending {
        case .timedOut:
            trust[target] = 1
        case .answered:
            guard let limit = trust[target] else { return }
            trust[target] = limit * 2 < limitPerOwner ? limit * 2 : nil
        case .silent:
            break
        }
    }

    /// Who had no turn for the longest is forgotten, and comes first when it is back.
    private mutating func forgetTheIdle() {
        if lastTurns.count > Self.memory {
            let idle = lastTurns.filter { heldByOwner[$0.key] == nil }.sorted { $0.value < $1.value }
            for (owner, _) in idle.prefix(Self.memory / 2) {
                lastTurns[owner] = nil
                permitsHad[owner] = nil
            }
        }
        if trust.count > Self.memory {
            for target in trust.keys.filter({ heldByTarget[$0] == nil }).prefix(Self.memory / 2) { trust[target] = nil }
        }
    }
}

// MARK: - For one look

/// Bounds from elsewhere, on a copy with which permits are shared out once.
extension FairShare {
    /// The owner gets so many further permits at most.
    package mutating func allow(_ count: Int, to owner: Owner) { allowances[owner] = count }

    /// The target has so many permits at most, those that it holds included.
    package mutating func restrict(_ target: Target, to limit: Int) {
        trust[target] = min(trust[target] ?? limit, limit)
    }
}

// MARK: - Turns

extension FairShare {
    /// The index of the one whose turn it is, of those that wait in the order in which they came; nil when none of them
    /// may have a permit now.
    package func next(among waiting: some Sequence<(owner: Owner, target: Target)>) -> Int? {
        var best: (index: Int, rank: Rank)?
        for (index, candidate) in waiting.enumerated() where freePermits(of: candidate.owner, at: candidate.target) > 0
        {
            let rank = rank(of: candidate.owner)
            if best.map({ rank < $0.rank }) ?? true { best = (index, rank) }
        }
        return best?.index
    }

    /// How many further permits fall to each of these queues, `limit` at most together.
    ///
    /// - Parameter queues: each with how many wait in it. The queues of one owner share what falls to it in turns.
    package func allot(
        _ limit: Int, among queues: [(owner: Owner, target: Target, waiting: Int)]
    ) -> [Int] {
        var counts = [Int](repeating: 0, count: queues.count)
        var candidates: [Candidate] = []
        var indices: [Owner: Int] = [:]
        // What the targets with a limit of their own have left; few have one.
        var left: [Target: Int] = [:]
        for (index, queue) in queues.enumerated() where queue.waiting > 0 {
            if let limit = trust[queue.target] { left[queue.target] = limit - heldByTarget[queue.target, default: 0] }
            if let known = indices[queue.owner] {
                candidates[known].queues.append(index)
            } else {
                indices[queue.owner] = candidates.count
                let permits = furtherPermits(of: queue.owner)
                candidates.append(Candidate(rank: rank(of: queue.owner), freePermits: permits, queues: [index]))
            }
        }
        for index in candidates.indices {
            candidates[index].turn(by: permitsHad[queues[candidates[index].queues[0]].owner, default: 0])
        }
        var turn = turn
        var free = max(min(limit, capacity - held), 0)
        while free > 0 {
            guard let next = Candidate.next(among: candidates),
                let index = candidates[next].queues.min(by: { counts[$0] < counts[$1] })
            else { break }
            let queue = queues[index]
            if left[queue.target].map({ $0 <= 0 }) ?? false || counts[index] >= queue.waiting {
                candidates[next].queues.removeAll { $0 == index }
                if candidates[next].queues.isEmpty { candidates.remove(at: next) }
                continue
            }
            free -= 1
            counts[index] += 1
            turn += 1
            candidates[next].rank = Rank(held: candidates[next].rank.held + 1, lastTurn: turn)
            candidates[next].freePermits -= 1
            left[queue.target]? -= 1
        }
        return counts
    }

    /// An owner while permits are allotted.
    private struct Candidate {
        var rank: Rank
        var freePermits: Int
        /// Those in which somebody may wait.
        var queues: [Int]

        /// Lets another of the queues be the first.
        mutating func turn(by count: Int) {
            let first = abs(count % queues.count)
            if first > 0 { queues = Array(queues[first...] + queues[..<first]) }
        }

        static func next(among candidates: [Candidate]) -> Int? {
            var best: Int?
            for index in candidates.indices where candidates[index].freePermits > 0 {
                if best.map({ candidates[index].rank < candidates[$0].rank }) ?? true { best = index }
            }
            return best
        }
    }

    /// The lower goes first.
    private struct Rank: Comparable {
        let held: Int
        let lastTurn: Int

        static func < (left: Rank, right: Rank) -> Bool {
            (left.held, left.lastTurn) < (right.held, right.lastTurn)
        }
    }

    private func rank(of owner: Owner) -> Rank {
        Rank(held: heldByOwner[owner, default: 0], lastTurn: lastTurns[owner, default: 0])
    }
}

extension Dictionary where Value == Int {
    fileprivate mutating func subtract(_ count: Int, from key: Key) {
        let rest = self[key, default: 0] - count
        self[key] = rest > 0 ? rest : nil
    }
}
