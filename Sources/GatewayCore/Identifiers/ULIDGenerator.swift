package import FoundationEssentials
import Synchronization

/// Makes identifiers that rise: within one millisecond each is the one before plus one, so that the rows of a batch lie
/// side by side in the store and a list by identifier is a list by time.
package final class ULIDGenerator: Sendable {
    private struct State {
        var last = ULID(high: 0, low: 0)
        var random: any RandomNumberGenerator & Sendable
    }

    private let state: Mutex<State>

    package init(random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        state = Mutex(State(random: random))
    }

    /// The next identifier; later than every one made before it, also when the clock went back.
    package func next(at now: Date) -> ULID {
        state.withLock { state in
            let milliseconds = UInt64(max(0, (now.timeIntervalSince1970 * 1000).rounded()))
            if milliseconds > state.last.milliseconds {
                // The top bit of the random part stays clear: room to count up within the millisecond.
                let random = UInt64(UInt16.random(in: 0..<0x8000, using: &state.random))
                state.last = ULID(high: milliseconds << 16 | random, low: state.random.next())
            } else {
                let (low, carry) = state.last.low.addingReportingOverflow(1)
                state.last = ULID(high: state.last.high &+ (carry ? 1 : 0), low: low)
            }
            return state.last
        }
    }
}
