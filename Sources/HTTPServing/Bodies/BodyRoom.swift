import Synchronization

/// Memory for the bodies of all requests at once: who finds no room waits, those who came first go first. Each owner has
/// at most half of it, so that one who is slow to send what it announced leaves room for others.
///
/// Small bodies need no room, and what is large does not hold them up: the number of connections bounds them, and what
/// goes on with them after their answer is bounded by `Deadlines.overdueCount`.
package final class BodyRoom: Sendable {
    fileprivate struct State {
        var free: Int
        /// By owner; who has nothing is not in it.
        var taken: [String: Int] = [:]
        var lastNumber = 0
        var waiting: [(number: Int, want: Want, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    /// What a share wants beside what it has.
    fileprivate struct Want {
        let owner: String
        let bytes: Int
        let had: Int
    }

    let limitBytes: Int
    private let state: Mutex<State>
    private let deadlines: Deadlines

    /// - Parameter limitBytes: of the bodies and what is decoded of them.
    package init(limitBytes: Int, deadlines: Deadlines) {
        self.limitBytes = limitBytes
        self.deadlines = deadlines
        state = Mutex(State(free: limitBytes))
    }

    /// What needs room, in bytes.
    package static let smallBytes = 16 << 10

    /// For one request, with nothing in it yet.
    ///
    /// - Parameter owner: in whose half of the room it is.
    package func share(of owner: String) -> Share { Share(of: self, owner: owner) }

    /// Requests that wait for room.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    package var freeBytes: Int { state.withLock { $0.free } }

    /// False when there was no room by the deadline.
    fileprivate func take(_ want: Want, by deadline: ContinuousClock.Instant) async -> Bool {
        let taken = state.withLock { state in
            guard state.waiting.isEmpty, state.lets(want, of: limitBytes) else { return false }
            state.enter(want)
            return true
        }
        if taken { return true }
        return await withCheckedContinuation { continuation in
            let number = state.withLock { state in
                state.lastNumber += 1
                // Who has something already goes before those who have nothing: it gives that back the sooner.
                let place = want.had > 0 ? state.waiting.firstIndex { $0.want.had == 0 } : nil
                state.waiting.insert((state.lastNumber, want, continuation), at: place ?? state.waiting.endIndex)
                return state.lastNumber
            }
            _ = deadlines.set(deadline) { [self] in withdraw(number) }
            // Room may have come between the two looks, or what waits is in the way of its own owner alone.
            serve()
        }
    }

    fileprivate func give(back bytes: Int, of owner: String) {
        state.withLock { state in
            state.free += bytes
            let rest = (state.taken[owner] ?? 0) - bytes
            state.taken[owner] = rest > 0 ? rest : nil
        }
        serve()
    }

    private func serve() {
        for continuation in state.withLock({ $0.served(of: limitBytes) }) { continuation.resume(returning: true) }
    }

    private func withdraw(_ number: Int) {
        let waiting = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
        waiting?.continuation.resume(returning: false)
        // One that wanted much may have stood before others.
        serve()
    }
}

extension BodyRoom.State {
    /// Whether the owner stays in its half. A single body may be larger than that: it would never come in else.
    private func isOwn(_ want: BodyRoom.Want, of limitBytes: Int) -> Bool {
        let others = (taken[want.owner] ?? 0) - want.had
        return others == 0 || others + want.had + want.bytes <= limitBytes / 2
    }

    fileprivate func lets(_ want: BodyRoom.Want, of limitBytes: Int) -> Bool {
        isOwn(want, of: limitBytes) && want.bytes <= free
    }

    fileprivate mutating func enter(_ want: BodyRoom.Want) {
        free -= want.bytes
        taken[want.owner, default: 0] += want.bytes
    }

    /// Lets in who may, in their order. Who waits for its owner's half is in the way of that owner's next ones; who waits
    /// for the room itself, in the way of all.
    fileprivate mutating func served(of limitBytes: Int) -> [CheckedContinuation<Bool, Never>] {
        var served: [CheckedContinuation<Bool, Never>] = []
        var full: Set<String> = []
        var place = 0
        while place < waiting.count {
            let want = waiting[place].want
            if full.contains(want.owner) || !isOwn(want, of: limitBytes) {
                full.insert(want.owner)
                place += 1
            } else if want.bytes <= free {
                enter(want)
                served.append(waiting.remove(at: place).continuation)
            } else {
                break
            }
        }
        return served
    }
}

extension BodyRoom {
    /// What one request has of the room, until it is given back.
    package final class Share: Sendable {
        private let room: BodyRoom
        private let owner: String
        private let taken = Mutex(0)

        fileprivate init(of room: BodyRoom, owner: String) {
            self.room = room
            self.owner = owner
        }

        deinit { leave() }

        /// Room for a body of so many bytes in all, and for its content decoded: base64 is three quarters of it again.
        /// What the share has counts.
        ///
        /// False when there was none by the deadline. A body that is larger than all the room takes all of it.
        func enter(bodyBytes: Int, by deadline: ContinuousClock.Instant) async -> Bool {
            let had = taken.withLock(\.self)
            let bytes = min(Self.need(bodyBytes), room.limitBytes) - had
            guard bytes > 0 else { return true }
            guard await room.take(Want(owner: owner, bytes: bytes, had: had), by: deadline) else { return false }
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
            if surplus > 0 { room.give(back: surplus, of: owner) }
        }

        /// The body and all that was made of it are gone.
        package func leave() {
            let bytes = taken.withLock { taken in
                defer { taken = 0 }
                return taken
            }
            if bytes > 0 { room.give(back: bytes, of: owner) }
        }

        private static func need(_ bodyBytes: Int) -> Int { bodyBytes + bodyBytes / 4 * 3 }
    }
}
