import GatewayCore
import Synchronization

/// Names of objects, which no other has or will have: content that was removed and is stored again gets another one.
final class ObjectNames: Sendable {
    private struct Unused {
        let name: String
        let since: ContinuousClock.Instant
    }

    /// Those that could not be put, by their content.
    private let unused = Mutex<[String: Unused]>([:])

    /// A name for content, which nobody else has until it is given back.
    func take(for hash: String, now: ContinuousClock.Instant = .now) -> String {
        let last = unused.withLock { $0.removeValue(forKey: hash) }
        if let last, last.since.duration(to: now) < Self.life { return last.name }
        return "\(hash.prefix(2))/\(hash)-\(RandomSource.system.octets(8).hexadecimal)"
    }

    func giveBack(_ name: String, of hash: String) {
        unused.withLock { unused in
            if unused.count >= Self.limit { unused = [:] }
            unused[hash] = Unused(name: name, since: .now)
        }
    }

    /// Shorter than the hour after which an object that no row has is removed: a DELETE that comes late must not meet a
    /// name that is in use again.
    private static let life = Duration.seconds(1800)
    private static let limit = 4096
}
