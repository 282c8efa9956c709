import FoundationEssentials
import GatewayCore
import Synchronization

/// Messages that could not be read, until they are tried again: after one second, then two, at most after a minute.
final class InboundPauses: Sendable {
    private struct Pause {
        var failures = 0
        var end = Date.distantPast
    }

    private let pauses = Mutex<[Inbound.ID: Pause]>([:])

    /// The most messages that are remembered; the oldest of more are tried again at once.
    static let limit = 1000

    /// Those that are not to be tried now.
    func paused(at now: Date) -> Set<Inbound.ID> {
        pauses.withLock { pauses in
            // A clock that was set back ends a pause late by no more than the longest.
            Set(pauses.lazy.filter { $0.value.end > now && $0.value.end <= now + Self.longest }.map(\.key))
        }
    }

    func begin(of inbound: Inbound.ID, at now: Date) {
        pauses.withLock { pauses in
            var pause = pauses[inbound] ?? Pause()
            pause.end = now + min(.seconds(1 << min(pause.failures, 6)), Self.longest)
            pause.failures += 1
            pauses[inbound] = pause
            if pauses.count > Self.limit, let oldest = pauses.keys.min() { pauses[oldest] = nil }
        }
    }

    func end(of inbound: Inbound.ID) { pauses.withLock { $0[inbound] = nil } }

    private static let longest = Duration.seconds(60)
}
