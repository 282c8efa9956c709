import IPRanges
import Synchronization

/// Slows down those who guess credentials: some failures of an address are free, and from then on its failures are
/// answered one after the other, a tenth of a second apart. What succeeds is answered at once, so that a customer
/// behind the same proxy does not pay for it.
///
/// What is remembered is bounded; the address that failed longest ago is forgotten first.
final class GuessBrake: Sendable {
    private let lines = Mutex<[IPAddress: ContinuousClock.Instant]>([:])

    /// The failures of one address that are answered at once.
    static let free = 20
    static let pace = Duration.milliseconds(100)
    /// The longest delay, however many wait before.
    static let longest = Duration.seconds(10)
    static let memory = 4096

    /// Addresses that are remembered.
    var count: Int { lines.withLock { $0.count } }

    /// Records a failure, and returns how long its answer is held back.
    func delay(of address: IPAddress, now: ContinuousClock.Instant = .now) -> Duration {
        lines.withLock { lines in
            if lines[address] == nil, lines.count >= Self.memory { Self.forget(&lines, now) }
            // The time at which the queue of this address ends, with the free failures counted as answered already.
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
