import FoundationEssentials
import GatewayCore

/// Brings retries forward after the clock was set back, a bounded number at a time.
///
/// A message that is postponed while a pass goes on may be brought forward too: it is tried early once.
struct SettingBack {
    let store: any Store
    /// What the pass that goes on brings retries forward by, and where it is.
    private var time = Duration.zero
    private var place: WaitingPlace?
    /// Set back since that pass began.
    private var next = Duration.zero

    init(store: any Store) {
        self.store = store
    }

    /// Looked at in one step, and steps in one go, as for `Redirection`.
    private static let stepLimit = 1000
    private static let steps = 20

    mutating func take(_ time: Duration) { next += time }

    mutating func goOn(now: Date) async throws(StoreFailure) {
        if time == .zero { (time, next) = (next, .zero) }
        guard time > .zero else { return }
        for _ in 0..<Self.steps {
            place = try await store.advanceRetries(by: time, from: place, limit: Self.stepLimit, now: now)
            if place == nil {
                time = .zero
                return
            }
        }
    }
}
