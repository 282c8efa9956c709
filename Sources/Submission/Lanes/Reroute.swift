import FoundationEssentials
import GatewayCore

/// Leads messages away from MMSCs that a reload took out of service, a bounded number at a time.
struct Reroute {
    let store: any CarrierStore
    /// When it was last found out whether there is anything to do.
    private var passedAt = Date(timeIntervalSince1970: 0)
    /// Where the pass that goes on is, and of which directory it is.
    private var cursor: WaitingCursor?
    private var generation = -1
    /// Whether a pass is not at its end.
    private(set) var isGoing = false

    init(store: any CarrierStore) {
        self.store = store
    }

    /// Looked at in one step, and steps in one go: some 20,000 messages a second, which leaves the writer time for others.
    private static let stepLimit = 1000
    private static let steps = 20

    /// Between two passes of one directory.
    private static let pause = Duration.seconds(60)

    /// Does the next steps of a pass. One begins at the start and after each reload, and again while somebody waits for
    /// MMSCs that are gone: messages that were on their way at a reload come back to the queue after it.
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
