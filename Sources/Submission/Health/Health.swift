import FoundationEssentials
package import GatewayCore
package import Logging
import MM7
import Synchronization

/// The health of the MMSCs: which of them messages are sent to, and what the operator has to know.
///
/// It is kept in memory: after a start every MMSC counts as well until it shows otherwise.
package final class Health: Sendable {
    /// The kinds of requests to an MMSC. An answer to one kind says nothing about the other.
    enum RequestKind: Sendable {
        /// SubmitReqs.
        case submitting
        /// CancelReqs.
        case cancelling
    }

    /// Requests of one kind to one MMSC.
    struct RequestHealth {
        var breaker = CircuitBreaker()
        var history = ExchangeHistory()
        /// The generation of the directory at the last look.
        fileprivate var generation = 0
    }

    struct Entry {
        var submitting = RequestHealth()
        var cancelling = RequestHealth()
        /// Whether it refused a request because it had several recipients.
        var wantsSingles = false
        /// The largest body of a SubmitReq that it took, in octets.
        var largestTaken = 0

        subscript(kind: RequestKind) -> RequestHealth {
            get { kind == .submitting ? submitting : cancelling }
            set { if kind == .submitting { submitting = newValue } else { cancelling = newValue } }
        }
    }

    /// Whether each of them has a lane that runs.
    let lanes: LaneWatch
    let absent: AbsentMMSCs
    let unrecorded = UnrecordedResults()
    let directory: CurrentDirectory
    private let entries = Mutex<[String: Entry]>([:])
    private let signals: WorkSignals
    /// Nil where every MMSC is this process's to send to.
    private let ownership: (any LaneOwnership)?
    private let logger: Logger

    package init(
        directory: CurrentDirectory, signals: WorkSignals, ownership: (any LaneOwnership)? = nil, logger: Logger
    ) {
        self.ownership = ownership
        self.directory = directory
        self.signals = signals
        self.logger = logger
        lanes = LaneWatch(logger: logger)
        absent = AbsentMMSCs(logger: logger)
    }

    /// What may be sent to an MMSC now. After a reload of the configuration every MMSC is worth a try.
    func allowance(
        of mmsc: MMSC, for kind: RequestKind = .submitting, generation: Int, now: Date
    ) -> CircuitBreaker.Allowance {
        change(mmsc.name) { entry in
            if entry[kind].generation != generation {
                entry[kind].generation = generation
                if kind == .submitting { entry.wantsSingles = false }
                entry[kind].breaker.hurry()
                entry[kind].history.beginAnew()
            }
            return entry[kind].breaker.allowance(mmsc.breaker, now: now)
        }
    }

    /// The MMSCs of the directory that take messages now.
    func available(in directory: Directory) -> Set<String> {
        let down = self.down.union(ownership?.downElsewhere ?? [])
        return Set(directory.mmscs.values.lazy.filter { !$0.isDraining }.map(\.name)).subtracting(down)
    }

    /// The MMSCs that this process sends to and that take nothing at present.
    var down: Set<String> {
        let down = entries.withLock { entries in
            Set(entries.filter { $0.value.submitting.breaker.state != .closed }.keys)
        }
        // What it knows of an MMSC is old where another process sends to it now.
        return ownership.map { ownership in down.filter(ownership.has(lane:)) } ?? down
    }

    func beginTry(_ transactionID: String, at mmsc: String, of kind: RequestKind = .submitting) {
        change(mmsc) { $0[kind].breaker.beginTry(transactionID) }
    }

    func endTry(_ transactionID: String, at mmsc: String, of kind: RequestKind = .submitting) {
        change(mmsc) { $0[kind].breaker.endTry(transactionID) }
    }

    /// Whether a SubmitReq that was claimed before may still be sent: an MMSC that is not well gets only the one that
    /// is tried.
    func lets(_ transactionID: String, passTo mmsc: String) -> Bool {
        change(mmsc) { $0.submitting.breaker.lets(transactionID) }
    }

    /// The most messages in one SubmitReq.
    func recipientsPerRequest(at mmsc: MMSC) -> Int {
        change(mmsc.name) { $0.wantsSingles ? 1 : min(mmsc.recipientsPerRequest, mmsc.profile.recipientsPerRequest) }
    }

    /// Notes that the MMSC does not take several recipients, whatever its profile says; until the next reload each gets
    /// a request of its own.
    func wantsSingles(_ mmsc: String) {
        let isNew = change(mmsc) { entry in
            defer { entry.wantsSingles = true }
            return !entry.wantsSingles
        }
        guard isNew else { return }
        logger.warning(
            "The MMSC takes one recipient in a request only; set recipients_per_request to 1",
            metadata: ["mmsc": "\(mmsc)"])
    }

    /// Notes that the MMSC took a SubmitReq with a body of this many octets.
    func took(octets: Int, at mmsc: String) {
        change(mmsc) { $0.largestTaken = max($0.largestTaken, octets) }
    }

    /// The largest body of a SubmitReq that the MMSC took since the start, in octets; 0 before it took any.
    func largestTaken(at mmsc: String) -> Int { change(mmsc) { $0.largestTaken } }

    /// Takes what an exchange says about an MMSC, and wakes the lanes when that changes which MMSC carries for another.
    func record(
        _ sign: CircuitBreaker.Sign, by transactionID: String, of mmsc: MMSC, for kind: RequestKind = .submitting,
        now: Date
    ) {
        let (state, isFirstFailure) = change(mmsc.name) { entry in
            let isFirstFailure = entry[kind].history.take(sign, now: now)
            let isChanged = entry[kind].breaker.record(sign, of: transactionID, mmsc.breaker, now: now)
            return (isChanged ? entry[kind].breaker.state : nil, isFirstFailure)
        }
        let log = HealthLog(logger: logger, mmsc: mmsc.name, requests: kind)
        if isFirstFailure { log.firstFailure(sign) }
        guard let state else { return }
        log.changed(to: state, now: now)
        switch kind {
        case .submitting: for name in directory.now.mmscs.keys { signals.messages(at: name).raise() }
        case .cancelling: signals.cancellations(at: mmsc.name).raise()
        }
    }

    /// Whether another process that shares the store sends to the MMSC, or none does for the moment.
    package func isElsewhere(_ mmsc: String) -> Bool { ownership.map { !$0.has(lane: mmsc) } ?? false }

    /// Nil when nothing was sent to it yet.
    func entry(of mmsc: String) -> Entry? { entries.withLock { $0[mmsc] } }

    private func change<Value>(_ mmsc: String, _ body: (inout Entry) -> Value) -> Value {
        entries.withLock { body(&$0[mmsc, default: Entry()]) }
    }
}
