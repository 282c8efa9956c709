package import GatewayCore
import Synchronization

/// Memory for the bodies of all requests at once, shared among their owners by a `FairShare`: whoever finds none free
/// waits. Each owner has at most half of it, so that one that is slow to send what it announced leaves some for others.
///
/// Small bodies are not counted, and large ones do not hold them up: the number of connections bounds them, and what
/// goes on with them after their answer is bounded by `Deadlines.overdueCount`.
package final class BodyMemory: Sendable {
    fileprivate struct State {
        var share: FairShare<String, String>
        var lastNumber = 0
        /// The queues by owner, none of them empty: to find the next costs as many steps as there are owners, however
        /// many of their requests wait.
        var waiting: [String: Queue] = [:]
    }

    /// The requests of one owner that wait.
    fileprivate struct Queue {
        /// Those who have some memory already.
        var growing = WaitList<Waiter>()
        var fresh = WaitList<Waiter>()

        var count: Int { growing.count + fresh.count }
    }

    fileprivate struct Waiter {
        let want: Want
        let continuation: CheckedContinuation<Bool, Never>
    }

    /// What a share wants in addition to what it has.
    fileprivate struct Want {
        let owner: String
        let bytes: Int
        let had: Int

        /// The list in which it waits.
        var queue: WritableKeyPath<Queue, WaitList<Waiter>> { had > 0 ? \.growing : \.fresh }
    }

    let limitBytes: Int
    private let state: Mutex<State>
    private let deadlines: Deadlines

    /// - Parameters:
    ///   - resource: the kind of the bodies, which says how they are shared.
    ///   - limitBytes: for the bodies and what is decoded of them.
    package init(_ resource: SharedResource, limitBytes: Int, deadlines: Deadlines) {
        self.limitBytes = limitBytes
        self.deadlines = deadlines
        state = Mutex(State(share: FairShare(resource, capacity: limitBytes)))
    }

    /// The size up to which a body is not counted, in bytes.
    package static let smallBytes = 16 << 10

    /// The share of one request, with nothing in it yet.
    ///
    /// - Parameter owner: whose half of the memory it counts in.
    package func share(of owner: String) -> Share { Share(of: self, owner: owner) }

    /// Requests that wait for memory.
    package var waitingCount: Int { state.withLock { $0.waiting.values.reduce(0) { $0 + $1.count } } }

    package var freeBytes: Int { state.withLock { $0.share.capacity - $0.share.held } }

    /// False when there was none by the deadline.
    fileprivate func take(_ want: Want, by deadline: ContinuousClock.Instant) async -> Bool {
        let taken = state.withLock { state in
            guard state.waiting.isEmpty, state.isOwn(want), state.isFree(want) else { return false }
            state.enter(want)
            return true
        }
        if taken { return true }
        return await withCheckedContinuation { continuation in
            let number = state.withLock { state in
                state.lastNumber += 1
                state.wait(Waiter(want: want, continuation: continuation), as: state.lastNumber)
                return state.lastNumber
            }
            _ = deadlines.set(deadline) { [self] in withdraw(number, want) }
            // Memory may have come free between the two looks, or what waits holds up its own owner alone.
            serve()
        }
    }

    fileprivate func give(back bytes: Int, of owner: String) {
        state.withLock { $0.share.giveBack(bytes, of: owner, at: owner, after: .silent) }
        serve()
    }

    private func serve() {
        for continuation in state.withLock({ $0.served() }) { continuation.resume(returning: true) }
    }

    private func withdraw(_ number: Int, _ want: Want) {
        guard let waiter = state.withLock({ $0.removed(number, want) }) else { return }
        waiter.continuation.resume(returning: false)
        // One that wanted much may have stood before others.
        serve()
    }
}

extension BodyMemory.State {
    /// Whether the owner stays in its half. A single body may be larger than that: it would never come in else.
    fileprivate func isOwn(_ want: BodyMemory.Want) -> Bool {
        let others = share.held(by: want.owner) - want.had
        return others == 0 || others + want.had + want.bytes <= share.limitPerOwner
    }

    fileprivate func isFree(_ want: BodyMemory.Want) -> Bool { want.bytes <= share.capacity - share.held }

    fileprivate mutating func enter(_ want: BodyMemory.Want) {
        share.take(want.bytes, for: want.owner, at: want.owner)
    }

    /// Admits those who may have memory: first those who have some already, because they give it back sooner, then the
    /// one whose turn it is. A request that waits for its owner's half holds up that owner's next ones; one that waits
    /// for the memory itself holds up all.
    fileprivate mutating func served() -> [CheckedContinuation<Bool, Never>] {
        var served: [CheckedContinuation<Bool, Never>] = []
        var full: Set<String> = []
        while let (number, waiter) = next(without: full) {
            if !isOwn(waiter.want) {
                full.insert(waiter.want.owner)
            } else if isFree(waiter.want), removed(number, waiter.want) != nil {
                enter(waiter.want)
                served.append(waiter.continuation)
            } else {
                break
            }
        }
        return served
    }

    private func next(without full: Set<String>) -> (number: Int, waiter: BodyMemory.Waiter)? {
        let open = waiting.filter { !full.contains($0.key) }.values
        if let growing = open.compactMap(\.growing.first).min(by: { $0.number < $1.number }) { return growing }
        let fresh = open.compactMap(\.fresh.first).sorted { $0.number < $1.number }
        return share.next(among: fresh.lazy.map { (owner: $0.waiter.want.owner, target: $0.waiter.want.owner) }).map {
            fresh[$0]
        }
    }

    fileprivate mutating func wait(_ waiter: BodyMemory.Waiter, as number: Int) {
        waiting[waiter.want.owner, default: BodyMemory.Queue()][keyPath: waiter.want.queue].append(waiter, as: number)
    }

    /// Nil where it no longer waits.
    fileprivate mutating func removed(_ number: Int, _ want: BodyMemory.Want) -> BodyMemory.Waiter? {
        let waiter = waiting[want.owner]?[keyPath: want.queue].remove(number)
        if waiting[want.owner]?.count == 0 { waiting[want.owner] = nil }
        return waiter
    }
}

extension BodyMemory {
    /// What one request has of the memory, until it is given back.
    package final class Share: Sendable {
        private let memory: BodyMemory
        private let owner: String
        private let taken = Mutex(0)

        fileprivate init(of memory: BodyMemory, owner: String) {
            self.memory = memory
            self.owner = owner
        }

        deinit { leave() }

        /// The clock of the deadlines of `enter`.
        var clock: MonotonicClock { memory.deadlines.clock }

        /// Takes memory for a body of so many bytes in all, and for its content decoded: base64 is three quarters of it again.
        /// What the share has counts.
        ///
        /// Returns false when there was none by the deadline. A body that is larger than all the memory takes all of
        /// it.
        func enter(bodyBytes: Int, by deadline: ContinuousClock.Instant) async -> Bool {
            let had = taken.withLock(\.self)
            let bytes = min(Self.need(bodyBytes), memory.limitBytes) - had
            guard bytes > 0 else { return true }
            guard await memory.take(Want(owner: owner, bytes: bytes, had: had), by: deadline) else { return false }
            taken.withLock { $0 += bytes }
            return true
        }

        /// Gives back what turned out not to be needed.
        func shrink(toBodyBytes bytes: Int) {
            let surplus = taken.withLock { taken in
                let surplus = max(taken - Self.need(bytes), 0)
                taken -= surplus
                return surplus
            }
            if surplus > 0 { memory.give(back: surplus, of: owner) }
        }

        /// The body and all that was made of it are gone.
        package func leave() {
            let bytes = taken.withLock { taken in
                defer { taken = 0 }
                return taken
            }
            if bytes > 0 { memory.give(back: bytes, of: owner) }
        }

        private static func need(_ bodyBytes: Int) -> Int { bodyBytes + bodyBytes / 4 * 3 }
    }
}
