import GatewayCore
import Logging
import Synchronization

/// Whether each MMSC has a lane that runs. One that has none gets nothing while everything else looks well, so it is
/// watched from outside, whatever the lanes believe of themselves.
final class LaneWatch: Sendable {
    /// The loops of a lane, each of which has to run.
    enum Part: CaseIterable {
        case submissions, cancellations
    }

    /// What a loop was doing when it last said so.
    fileprivate enum Sight {
        /// Asking the store, which may take any time: a store that does not answer is noticed elsewhere.
        case looking
        /// Resting; it looks again a second later at the latest.
        case resting(since: Duration)
    }

    fileprivate struct Loop: Hashable {
        let mmsc: String
        let part: Part
    }

    fileprivate struct State {
        var sights: [Loop: Sight] = [:]
        /// Since when MMSCs have been without a lane.
        var missingSince: [String: Duration] = [:]
        var logged: Set<String> = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let uptime: @Sendable () -> Duration
    private let logger: Logger

    /// How long an MMSC may be without a lane before that is a fault.
    private static let patience = Duration.seconds(2)
    /// The longest rest of a loop, with a margin for a busy machine.
    fileprivate static let longestRest = Duration.seconds(2)

    init(uptime: @escaping @Sendable () -> Duration = SteadyClock.systemUptime, logger: Logger) {
        self.uptime = uptime
        self.logger = logger
    }

    /// Notes that a loop looks for work.
    func looks(_ part: Part, of mmsc: String) {
        state.withLock { $0.sights[Loop(mmsc: mmsc, part: part)] = .looking }
    }

    /// Notes that a loop has looked and rests.
    func rests(_ part: Part, of mmsc: String) {
        let now = uptime()
        state.withLock { $0.sights[Loop(mmsc: mmsc, part: part)] = .resting(since: now) }
    }

    /// Notes that a loop has ended, which is right only where the gateway stops.
    func ended(_ part: Part, of mmsc: String) {
        state.withLock { $0.sights[Loop(mmsc: mmsc, part: part)] = nil }
    }

    /// Notes that the gateway stops: lanes end now, and none is missed.
    func stop() { state.withLock { $0.isOver = true } }

    /// The MMSCs that have been without a lane for too long; the beginning and the end of that are each logged once.
    @discardableResult
    func missing(of mmscs: some Sequence<String>) -> Set<String> {
        let now = uptime()
        let (missing, begun, over) = state.withLock { state -> (Set<String>, Set<String>, Set<String>) in
            if state.isOver { return ([], [], []) }
            let mmscs = Set(mmscs)
            for mmsc in mmscs {
                state.missingSince[mmsc] = state.runs(mmsc, now) ? nil : state.missingSince[mmsc] ?? now
            }
            state.missingSince = state.missingSince.filter { mmscs.contains($0.key) }
            let missing = Set(state.missingSince.filter { now - $0.value >= Self.patience }.keys)
            defer { state.logged = missing }
            return (missing, missing.subtracting(state.logged), state.logged.subtracting(missing).intersection(mmscs))
        }
        for mmsc in begun.sorted() {
            logger.error("No lane runs to the MMSC; its messages wait", metadata: ["mmsc": "\(mmsc)"])
        }
        for mmsc in over.sorted() { logger.notice("A lane runs to the MMSC again", metadata: ["mmsc": "\(mmsc)"]) }
        return missing
    }
}

extension LaneWatch.State {
    fileprivate func runs(_ mmsc: String, _ now: Duration) -> Bool {
        LaneWatch.Part.allCases.allSatisfy { part in
            switch sights[LaneWatch.Loop(mmsc: mmsc, part: part)] {
            case .looking: true
            case .resting(let since): now - since <= LaneWatch.longestRest
            case nil: false
            }
        }
    }
}
