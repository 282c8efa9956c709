import FoundationEssentials
import GatewayCore

/// Leads messages away from MMSCs that a reload took out of service, a bounded number at a time.
struct Reroute {
    let store: any CarrierStore
    /// When a look last found whether there is anything to do.
    private var passedAt = Date(timeIntervalSince1970: 0)
    /// Where the current pass is, and which directory it belongs to.
    private var cursor: WaitingCursor?
    private var generation = -1
    /// Whether a pass is under way.
    private(set) var isGoing = false

    init(store: any CarrierStore) {
        self.store = store
    }

    /// Messages looked at in one step. All steps of a round are some 20,000 messages a second, which leaves the writer
    /// time for other work.
    private static let stepLimit = 1000
    private static let steps = 20

    /// The time between two passes with the same directory.
    private static let pause = Duration.seconds(60)

    /// Does the next steps of a pass. One begins at the start and after each reload, and again while messages wait for
    /// MMSCs that are gone: those that were in flight at a reload return to the queue after it.
    mutating func goOn(by directory: Directory, now: Date) async throws(StoreFailure) {
        let open = Set(directory.mmscs.values.lazy.filter { !$0.isDraining }.map(\.name))
        if directory.generation != generation {
            (generation, cursor, isGoing) = (directory.generation, nil, true)
        } else if !isGoing, now.since(passedAt) >= Self.pause || now < passedAt {
            isGoing = try await store.waitingCarriers().contains { carriers in
                !carriers.isSettled && open.isDisjoint(with: carriers.names)
            }
            passedAt = now
        }
        guard isGoing else { return }
        for _ in 0..<Self.steps {
            cursor = try await store.reroute(
                from: cursor, limit: Self.stepLimit, routes: directory.routes, among: open)
            if cursor == nil {
                (isGoing, passedAt) = (false, now)
                return
            }
        }
    }
}
