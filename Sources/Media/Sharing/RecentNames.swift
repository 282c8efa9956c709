import Synchronization

/// Names that were noted within the last half minute, or a little longer. Of many, the latest few thousand are known.
final class RecentNames: Sendable {
    private struct State {
        var latest: Set<String> = []
        var earlier: Set<String> = []
        var turnedAt = ContinuousClock.now

        /// Forgets what is too long ago.
        mutating func turn(at now: ContinuousClock.Instant) {
            let age = now - turnedAt
            guard age >= RecentNames.life || latest.count >= RecentNames.limit else { return }
            (earlier, latest, turnedAt) = (age < RecentNames.life * 2 ? latest : [], [], now)
        }
    }

    private static let limit = 2048
    private static let life = Duration.seconds(30)
    private let state = Mutex(State())

    func contains(_ name: String) -> Bool {
        state.withLock { state in
            state.turn(at: .now)
            return state.latest.contains(name) || state.earlier.contains(name)
        }
    }

    func insert(_ name: String) {
        state.withLock { state in
            state.turn(at: .now)
            state.latest.insert(name)
        }
    }
}
