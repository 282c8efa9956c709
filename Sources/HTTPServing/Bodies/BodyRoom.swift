import Synchronization

/// Memory for the bodies of all requests at once: who finds no room waits, those who came first go first.
///
/// Small bodies need no room: the number of connections bounds them, and what is large does not hold them up.
package final class BodyRoom: Sendable {
    private struct State {
        var free: Int
        var lastNumber = 0
        var waiting: [(number: Int, bytes: Int, continuation: CheckedContinuation<Bool, Never>)] = []
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
    package func share() -> Share { Share(of: self) }

    /// Requests that wait for room.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// False when there was no room by the deadline.
    fileprivate func take(_ bytes: Int, by deadline: ContinuousClock.Instant) async -> Bool {
        let taken = state.withLock { state in
            guard state.waiting.isEmpty, state.free >= bytes else { return false }
            state.free -= bytes
            return true
        }
        if taken { return true }
        return await withCheckedContinuation { continuation in
            let number = state.withLock { state in
                state.lastNumber += 1
                state.waiting.append((state.lastNumber, bytes, continuation))
                return state.lastNumber
            }
            _ = deadlines.set(deadline) { [self] in withdraw(number) }
            // Room may have come between the two looks.
            give(back: 0)
        }
    }

    fileprivate func give(back bytes: Int) {
        let next = state.withLock { state in
            state.free += bytes
            var next: [CheckedContinuation<Bool, Never>] = []
            while let first = state.waiting.first, state.free >= first.bytes {
                state.free -= first.bytes
                next.append(state.waiting.removeFirst().continuation)
            }
            return next
        }
        for continuation in next { continuation.resume(returning: true) }
    }

    private func withdraw(_ number: Int) {
        let waiting = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0) }
        }
        waiting?.continuation.resume(returning: false)
        // One that wanted much may have stood before others.
        give(back: 0)
    }
}

extension BodyRoom {
    /// What one request has of the room, until it is given back.
    package final class Share: Sendable {
        private let room: BodyRoom
        private let taken = Mutex(0)

        fileprivate init(of room: BodyRoom) { self.room = room }

        deinit { leave() }

        /// Room for a body of so many bytes, and for its content decoded: base64 is three quarters of it again.
        ///
        /// False when there was none by the deadline. A body that is larger than all the room takes all of it.
        func enter(bodyBytes: Int, by deadline: ContinuousClock.Instant) async -> Bool {
            let bytes = min(Self.need(bodyBytes), room.limitBytes)
            guard await room.take(bytes, by: deadline) else { return false }
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
            if surplus > 0 { room.give(back: surplus) }
        }

        /// The body and all that was made of it are gone.
        package func leave() {
            let bytes = taken.withLock { taken in
                defer { taken = 0 }
                return taken
            }
            if bytes > 0 { room.give(back: bytes) }
        }

        private static func need(_ bodyBytes: Int) -> Int { bodyBytes + bodyBytes / 4 * 3 }
    }
}
