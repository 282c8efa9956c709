package import GatewayCore
import Synchronization

/// Memory for the bodies of all requests at once, shared among their owners by a `FairShare`: who finds no room waits for
/// its turn. Each owner has at most half of it, so that one who is slow to send what it announced leaves room for others.
///
/// Small bodies need no room, and what is large does not hold them up: the number of connections bounds them, and what
/// goes on with them after their answer is bounded by `Deadlines.overdueCount`.
package final class BodyRoom: Sendable {
    fileprivate struct State {
        var share: FairShare<String, String>
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

    /// - Parameters:
    ///   - resource: whose bodies they are.
    ///   - limitBytes: of the bodies and what is decoded of them.
    package init(_ resource: SharedResource, limitBytes: Int, deadlines: Deadlines) {
        self.limitBytes = limitBytes
        self.deadlines = deadlines
        state = Mutex(State(share: FairShare(resource, capacity: limitBytes)))
    }

    /// What needs room, in bytes.
    package static let smallBytes = 16 << 10

    /// For one request, with nothing in it yet.
    ///
    /// - Parameter owner: in whose half of the room it is.
    package func share(of owner: String) -> Share { Share(of: self, owner: owner) }

    /// Requests that wait for room.
    package var waitingCount: Int { state.withLock { $0.waiting.count } }

    package var freeBytes: Int { state.withLock { $0.share.capacity - $0.share.held } }

    /// False when there was no room by the deadline.
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
                state.waiting.append((state.lastNumber, want, continuation))
                return state.lastNumber
            }
            _ = deadlines.set(deadline) { [self] in withdraw(number) }
            // Room may have come between the two looks, or what waits is in the way of its own owner alone.
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
    fileprivate func isOwn(_ want: BodyRoom.Want) -> Bool {
        let others = share.held(by: want.owner) - want.had
        return others == 0 || others + want.had + want.bytes <= share.limitPerOwner
    }

    fileprivate func isFree(_ want: BodyRoom.Want) -> Bool { want.bytes <= share.capacity - share.held }

    fileprivate mutating func enter(_ want: BodyRoom.Want) {
        share.take(want.bytes, for: want.owner, at: want.owner)
    }

    /// Lets in who may: first those who have some already, for they give it back the sooner, then whose turn it is. Who
    /// waits for its owner's half is in the way of that owner's next ones; who waits for the room itself, of all.
    fileprivate mutating func served() -> [CheckedContinuation<Bool, Never>] {
        var served: [CheckedContinuation<Bool, Never>] = []
        var full: Set<String> = []
        while let place = nextPlace(without: full) {
            let want = waiting[place].want
            if !isOwn(want) {
                full.insert(want.owner)
            } else if isFree(want) {
                enter(want)
                served.append(waiting.remove(at: place).continuation)
            } else {
                break
            }
        }
        return served
    }

    private func nextPlace(without full: Set<String>) -> Int? {
        let open = waiting.indices.filter { !full.contains(waiting[$0].want.owner) }
        if let growing = open.first(where: { waiting[$0].want.had > 0 }) { return growing }
        return share.next(among: open.lazy.map { (owner: waiting[$0].want.owner, target: waiting[$0].want.owner) })
            .map { open[$0] }
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
