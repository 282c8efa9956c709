package import FoundationEssentials
import Synchronization

/// Makes identifiers that rise: within one millisecond each is the one before plus one, so that the rows of a batch lie
/// side by side in the store and a list by identifier is a list by time.
package final class ULIDGenerator: Sendable {
    fileprivate struct State {
        var last = ULID(high: 0, low: 0)
        var random: any RandomNumberGenerator & Sendable
    }

    private let state: Mutex<State>

    package init(random: any RandomNumberGenerator & Sendable = RandomSource.system) {
        state = Mutex(State(random: random))
    }

    /// The next identifier; later than every one made before it, also when the clock went back.
    package func next(at now: Date) -> ULID { next(1, at: now)[0] }

    /// The next identifiers as one block: whoever asks at the same time gets none between them.
    package func next(_ count: Int, at now: Date) -> [ULID] {
        let milliseconds = UInt64(max(0, (now.timeIntervalSince1970 * 1000).rounded()))
        return state.withLock { state in
            (0..<count).map { _ in
                state.advance(to: milliseconds)
                return state.last
            }
        }
    }
}

extension ULIDGenerator.State {
    fileprivate mutating func advance(to milliseconds: UInt64) {
        if milliseconds > last.milliseconds {
            // The top bit of the random part stays clear: room to count up within the millisecond.
            let random = UInt64(UInt16.random(in: 0..<0x8000, using: &self.random))
            last = ULID(high: milliseconds << 16 | random, low: self.random.next())
        } else {
            let (low, carry) = last.low.addingReportingOverflow(1)
            last = ULID(high: last.high &+ (carry ? 1 : 0), low: low)
        }
    }
}
