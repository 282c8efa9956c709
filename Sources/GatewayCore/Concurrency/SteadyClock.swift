package import FoundationEssentials
import Synchronization

/// The machine's time of day as the domain believes it: small corrections are followed at once, a jump only when it
/// has lasted for five minutes.
///
/// A time server's wrong answer, a suspended host or an operator's slip moves the machine's clock by hours and often
/// moves it back. Whatever ends because its time is over (a message, a held report, a kept answer, a file) would be
/// gone by then. So after a jump this clock goes on at the pace of a clock that nobody sets, for everyone alike.
package final class SteadyClock: DomainClock {
    /// What the clock found out about the machine's.
    package enum Change: Sendable, Equatable {
        /// The machine's clock jumped by this much, forward or (negative) back, and is not believed yet.
        case jumped(Duration)
        /// The machine's clock is as it was before it jumped.
        case returned
        /// The jump has lasted for `SteadyClock.holdingTime`; the domain's time has moved by this much.
        case followed(Duration)
    }

    /// Smaller steps are those of a clock that is kept in time.
    package static let tolerance = Duration.seconds(30)
    /// How long a jump is not believed.
    package static let holdingTime = Duration.seconds(300)

    fileprivate struct State {
        /// The time of the domain at the last look.
        var time: Date
        /// The clock that is never set, at the last look.
        var uptime: Duration
        /// The jump that is not believed, and when it was seen first.
        var jump: (by: Duration, since: Duration)?
        /// When a start began that is not sure of its time, by the clock that is never set.
        var unsettledSince: Duration?
    }

    private let state: Mutex<State>
    private let machine: @Sendable () -> Date
    private let uptime: @Sendable () -> Duration
    private let onChange: @Sendable (Change) -> Void

    /// - Parameters:
    ///   - machine: the machine's time of day.
    ///   - uptime: rises with the time that passes, from any beginning, and is never set.
    ///   - time: what the clock says now, where that is known from before; nil: what the machine says.
    ///   - onChange: called once for each change, from whichever task looked first.
    package init(
        machine: @escaping @Sendable () -> Date = { Date() },
        uptime: @escaping @Sendable () -> Duration = SteadyClock.systemUptime,
        beginningAt time: Date? = nil,
        onChange: @escaping @Sendable (Change) -> Void = { _ in }
    ) {
        self.machine = machine
        self.uptime = uptime
        self.onChange = onChange
        state = Mutex(State(time: time ?? machine(), uptime: uptime()))
    }

    /// How far the machine's clock is from this one while a jump is not believed; nil at other times.
    package var disbelievedJump: Duration? {
        _ = now()
        return state.withLock { $0.jump?.by }
    }

    package func now() -> Date {
        let (time, change) = state.withLock { state -> (Date, Change?) in
            // Read inside the lock, so that looks are ordered as their readings are.
            let change = state.look(machine: machine(), uptime: uptime())
            return (state.time, change)
        }
        if let change { onChange(change) }
        return time
    }

    /// Drops the time that was known from before: the clock says what the machine says.
    package func beginAnew() {
        state.withLock { $0 = State(time: machine(), uptime: uptime()) }
    }

    /// Begins unsettled: a start has found that the machine's clock contradicts the time that is known from before.
    ///
    /// - Parameter newest: the latest time that is known; the clock never says an earlier one.
    package func begin(after newest: Date) {
        _ = now()
        state.withLock { state in
            state.time = max(state.time, newest)
            state.unsettledSince = state.uptime
        }
    }

    package var isSettled: Bool {
        _ = now()
        return state.withLock { state in
            guard let since = state.unsettledSince else { return true }
            guard state.jump == nil, state.uptime - since >= Self.holdingTime else { return false }
            state.unsettledSince = nil
            return true
        }
    }

    package func sleep(until deadline: Date) async throws {
        try await Task.sleep(for: max(deadline.since(now()), .zero))
    }

    @Sendable
    package static func systemUptime() -> Duration { ContinuousClock.now - epoch }

    private static let epoch = ContinuousClock.now
}

extension SteadyClock.State {
    /// Moves the domain's time to this moment.
    fileprivate mutating func look(machine: Date, uptime now: Duration) -> SteadyClock.Change? {
        let steady = time + (now - uptime)
        let distance = machine.since(steady)
        uptime = now
        guard distance.magnitude > SteadyClock.tolerance else {
            // A clock that is corrected by a little back stands still until the time has caught up.
            time = max(time, machine)
            defer { jump = nil }
            return jump == nil ? nil : .returned
        }
        guard let seen = jump, (distance - seen.by).magnitude <= SteadyClock.tolerance else {
            jump = (distance, now)
            time = steady
            return .jumped(distance)
        }
        guard now - seen.since >= SteadyClock.holdingTime else {
            time = steady
            return nil
        }
        jump = nil
        time = machine
        return .followed(distance)
    }
}

extension Duration {
    fileprivate var magnitude: Duration { self < .zero ? .zero - self : self }
}
