import FoundationEssentials
import GatewayCore
import Synchronization

/// Notices when the time of day was set, by a clock that nobody sets.
///
/// A clock that was set forward may be set back soon: for some minutes nothing ends because its time seems over. One
/// that was set back leaves what waits for a try further ahead than it was meant to be.
final class ClockWatch: Sendable {
    private struct State {
        var wall: Date
        var uptime: Duration
        var heldUntil: Duration?
    }

    private let state: Mutex<State>
    private let uptime: @Sendable () -> Duration

    /// Smaller steps are those of a clock that is kept in time.
    private static let tolerance = Duration.seconds(30)
    /// How long nothing expires after the clock was set forward.
    static let holdingTime = Duration.seconds(300)

    /// - Parameter uptime: rises with the time that passes, from any beginning.
    init(now: Date, uptime: @escaping @Sendable () -> Duration = ClockWatch.systemUptime) {
        self.uptime = uptime
        state = Mutex(State(wall: now, uptime: uptime()))
    }

    @Sendable
    private static func systemUptime() -> Duration {
        ContinuousClock.now - epoch
    }

    private static let epoch = ContinuousClock.now

    /// How far the clock was set since the last look, forward or back; nil when it was not.
    func look(at now: Date) -> Duration? {
        let uptime = uptime()
        return state.withLock { state in
            let passed = uptime - state.uptime
            let jump = now.since(state.wall) - passed
            state.wall = now
            state.uptime = uptime
            if let until = state.heldUntil, until <= uptime { state.heldUntil = nil }
            guard jump > Self.tolerance || jump < .zero - Self.tolerance else { return nil }
            // Set back, it is as right as it was before.
            state.heldUntil = jump > .zero ? uptime + Self.holdingTime : nil
            return jump
        }
    }

    /// Whether the end of a message's time has to wait; also where the clock was set since the last look.
    func holdsExpiry(at now: Date) -> Bool {
        let uptime = uptime()
        return state.withLock { state in
            state.heldUntil.map { uptime < $0 } ?? false
                || now.since(state.wall) - (uptime - state.uptime) > Self.tolerance
        }
    }
}
