import FoundationEssentials
import GatewayCore
import SQLStore
import Synchronization

/// This process among those that share the database: whether it counts as running, which duties it has, and what it last
/// saw of the others.
///
/// Two clocks judge it. By the database's it is gone when its row was not renewed for `lifeSeconds`; the others go by
/// that. By its own, which nobody sets, it is gone `trust` after it sent the last renewal that was confirmed; it goes by
/// that itself. The second time is always the earlier one, so that it has stopped when another begins.
final class Membership: Sendable {
    struct State {
        /// A new one each time that it comes back after it was gone.
        var id: ULID
        /// Until when it may go by what it has.
        var deadline: ContinuousClock.Instant
        var duties: Set<Duty> = []
        /// Under which identifier each duty was asked for that a commit may give to this process.
        var asked: [Duty: ULID] = [:]
        /// Ends with each lapse: see `LaneOwnership`.
        var term = 0
        /// Whether the process takes no more duties, for it ends.
        var isResigned = false
        /// Duties that others had at the last look.
        var elsewhere: Set<Duty> = []
        var downElsewhere: Set<String> = []
        /// MMSCs of this process that take nothing at present, and which of them the database names.
        var down: Set<String> = []
        var toldDown: Set<String> = []
        var portion = Portion.all
        var appChanges: Int64?
        /// Whether the tally in the database is to be replaced by what this process has counted.
        var mustRewriteTally = false
        /// The connection on which the tally was last read.
        var talliedOn = 0
        /// Since when no commit could be made; nil after one that could.
        var unwritableSince: ContinuousClock.Instant?
        var onLapse: @Sendable () -> Void = {}
        /// Gives the lanes back to the database.
        var onResign: @Sendable () async -> Void = {}
        /// Whether it has cleared up what those before it left.
        var isReady = false
        var isToldReady = false
        var lastForgetting: ContinuousClock.Instant?
        var isClosed = false
    }

    /// How long a process counts as running without a renewal, in seconds by the database's clock.
    static let lifeSeconds = 10
    /// How long it counts for itself.
    static let trust = Duration.seconds(8)
    /// Between two renewals.
    static let pause = Duration.seconds(2)
    /// Between two looks after rows of processes that are gone.
    static let pauseOfForgetting = Duration.seconds(600)

    let identity: Identity
    let state: Mutex<State>
    let signals: WorkSignals
    /// Nil where the others are not told.
    let bell: Bell?

    /// What does not change while the process runs.
    struct Identity: Sendable {
        let home: ULID
        let boot: String
        let name: String
        let version: String
    }

    init(_ identity: Identity, signals: WorkSignals, bell: Bell?) {
        (self.identity, self.signals, self.bell) = (identity, signals, bell)
        state = Mutex(State(id: ULIDGenerator().next(at: Date()), deadline: .now))
    }

    var id: ULID { state.withLock(\.id) }
}

extension Membership.State {
    var isTrusted: Bool { ContinuousClock.now < deadline }

    /// Ends what it had. Whoever calls this calls `onLapse` afterwards.
    mutating func lapse() {
        term += 1
        duties = []
        asked = [:]
        toldDown = []
    }
}

// MARK: - Duties

extension Membership: Replicas {
    func has(_ duty: Duty) -> Bool {
        state.withLock { $0.isTrusted && $0.duties.contains(duty) }
    }

    func isElsewhere(_ duty: Duty) -> Bool {
        state.withLock { !$0.duties.contains(duty) && $0.elsewhere.contains(duty) }
    }

    func take(_ duty: Duty, on connection: Connection) throws(SQLError) -> Bool {
        guard let id = state.withLock({ $0.isTrusted && !$0.isResigned ? $0.id : nil }) else { return false }
        guard try holder(of: duty, on: connection).map({ $0 == id.description }) ?? true else {
            state.withLock { _ = $0.elsewhere.insert(duty) }
            return false
        }
        try connection.write(DutyQuery.take, [":name": .text(duty.name), ":owner": .id(id)])
        state.withLock { $0.asked[duty] = id }
        return true
    }

    func isHeld(_ duty: Duty, on connection: Connection) throws(SQLError) -> Bool {
        try holder(of: duty, on: connection) != nil
    }

    /// The process that has the duty and counts as running; it may be this one.
    private func holder(of duty: Duty, on connection: Connection) throws(SQLError) -> String? {
        let owner = try connection.first(DutyQuery.owner, [":name": .text(duty.name)]) { $0.optionalText() } ?? nil
        guard let owner else { return nil }
        return try connection.first(DutyQuery.isAlive, [":id": .text(owner)]) { _ in owner }
    }

    func committed(_ signals: CommitSignals, taking duties: Set<Duty>) {
        state.withLock { state in
            state.mustRewriteTally = false
            state.unwritableSince = nil
            for duty in duties {
                // It may have been gone since it asked, and be another by now: then it has not got what it asked for.
                guard state.asked.removeValue(forKey: duty) == state.id, state.isTrusted else { continue }
                state.duties.insert(duty)
                state.elsewhere.remove(duty)
            }
        }
        bell?.ring(signals.words)
    }

    func couldNotCommit() {
        state.withLock { state in
            if state.unwritableSince == nil { state.unwritableSince = .now }
        }
    }

    var portion: Portion { state.withLock(\.portion) }
}

// MARK: - The ways to MMSCs

extension Membership: LaneOwnership {
    func has(lane mmsc: String) -> Bool { has(.lane(mmsc: mmsc)) }

    func resign() async { await state.withLock(\.onResign)() }

    var keepsHouse: Bool { has(.housekeeping) }

    func onLapse(_ end: @escaping @Sendable () -> Void) { state.withLock { $0.onLapse = end } }

    var term: Int { state.withLock(\.term) }

    func tell(down mmscs: Set<String>) { state.withLock { $0.down = mmscs } }

    var downElsewhere: Set<String> { state.withLock(\.downElsewhere) }

    var membership: StoreMembership {
        state.withLock { state in
            let left = ContinuousClock.now.duration(to: state.deadline)
            return StoreMembership(
                count: state.portion.count,
                lanes: state.isTrusted ? Set(state.duties.compactMap { Duty.mmsc(ofName: $0.name) }) : [],
                secondsLeft: max(left.seconds, 0))
        }
    }
}
