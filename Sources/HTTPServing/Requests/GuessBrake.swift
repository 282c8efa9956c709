import IPRanges
import Synchronization

/// Slows down those who guess credentials: an address has some failures free, and from then on its failures are answered
/// one after the other, a tenth of a second apart. What succeeds is answered at once, so that a customer behind the same
/// proxy does not pay for it.
///
/// What is remembered is bounded; the address that failed longest ago is forgotten first.
final class GuessBrake: Sendable {
    private let lines = Mutex<[IPAddress: ContinuousClock.Instant]>([:])

    /// Failures at once that nobody waits for.
    static let free = 20
    static let pace = Duration.milliseconds(100)
    /// Nobody waits longer, however many are before.
    static let longest = Duration.seconds(10)
    static let memory = 4096

    /// Addresses that are remembered.
    var count: Int { lines.withLock { $0.count } }

    /// Notes a failure, and says how long its answer is held back.
    func delay(of address: IPAddress, now: ContinuousClock.Instant = .now) -> Duration {
        lines.withLock { lines in
            if lines[address] == nil, lines.count >= Self.memory { Self.forget(&lines, now) }
            // As a line at a counter: where its end is in time, with the free ones counted as served already.
            let end = max(lines[address] ?? now, now) + Self.pace
            lines[address] = min(end, now + Self.pace * Self.free + Self.longest)
            return min(max(now.duration(to: end) - Self.pace * Self.free, .zero), Self.longest)
        }
    }

    private static func forget(_ lines: inout [IPAddress: ContinuousClock.Instant], _ now: ContinuousClock.Instant) {
        lines = lines.filter { $0.value > now }
        guard lines.count >= memory else { return }
        for (address, _) in lines.sorted(by: { $0.value < $1.value }).prefix(memory / 2) { lines[address] = nil }
    }
}
