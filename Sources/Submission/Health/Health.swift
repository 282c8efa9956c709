import FoundationEssentials
package import GatewayCore
package import Logging
import MM7
import Synchronization

/// How the MMSCs are: which of them are sent to, and what their operators have to know.
///
/// It is kept in memory: after a start every MMSC counts as well until it shows otherwise.
package final class Health: Sendable {
    private struct Entry {
        var breaker = CircuitBreaker()
        /// Whether it refused a request because it had several recipients.
        var wantsSingles = false
        /// Of the directory by which it was last looked at.
        var generation = 0
    }

    private let entries = Mutex<[String: Entry]>([:])
    private let directory: CurrentDirectory
    private let signals: WorkSignals
    private let logger: Logger

    package init(directory: CurrentDirectory, signals: WorkSignals, logger: Logger) {
        self.directory = directory
        self.signals = signals
        self.logger = logger
    }

    /// What may be sent to an MMSC now. A reload of the configuration is worth a try with every one.
    func allowance(of mmsc: MMSC, generation: Int, now: Date) -> CircuitBreaker.Allowance {
        change(mmsc.name) { entry in
            if entry.generation != generation {
                entry.generation = generation
                entry.wantsSingles = false
                entry.breaker.hurry()
            }
            return entry.breaker.allowance(mmsc.breaker, now: now)
        }
    }

    /// The MMSCs of the directory that take messages now.
    func available(in directory: Directory) -> Set<String> {
        let down = entries.withLock { entries in
            Set(entries.filter { $0.value.breaker.state != .closed }.keys)
        }
        return Set(directory.mmscs.values.lazy.filter { !$0.isDraining }.map(\.name)).subtracting(down)
    }

    func beginTry(_ transactionID: String, at mmsc: String) { change(mmsc) { $0.breaker.beginTry(transactionID) } }

    func endTry(_ transactionID: String, at mmsc: String) { change(mmsc) { $0.breaker.endTry(transactionID) } }

    /// Whether a SubmitReq that was claimed before may still go: to an MMSC that is not well only the one that is tried.
    func lets(_ transactionID: String, passTo mmsc: String) -> Bool {
        change(mmsc) { $0.breaker.lets(transactionID) }
    }

    /// Messages of one SubmitReq at most.
    func recipientsPerRequest(at mmsc: MMSC) -> Int {
        change(mmsc.name) { $0.wantsSingles ? 1 : min(mmsc.recipientsPerRequest, mmsc.profile.recipientsPerRequest) }
    }

    /// The MMSC does not take several recipients, whatever its profile says; until the next reload it gets them singly.
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

    /// Takes what an exchange says of an MMSC, and lets the others know when that changes who carries for whom.
    func record(_ sign: CircuitBreaker.Sign, by transactionID: String, of mmsc: MMSC, now: Date) {
        let state = change(mmsc.name) { entry in
            entry.breaker.record(sign, of: transactionID, mmsc.breaker, now: now) ? entry.breaker.state : nil
        }
        guard let state else { return }
        tell(state, of: mmsc.name, now: now)
        for name in directory.now.mmscs.keys { signals.messages(at: name).ring() }
    }

    /// Nil when nothing was sent to it yet.
    func breakerState(of mmsc: String) -> CircuitBreaker.State? { entries.withLock { $0[mmsc]?.breaker.state } }

    private func tell(_ state: CircuitBreaker.State, of mmsc: String, now: Date) {
        switch state {
        case .closed:
            logger.notice("The MMSC takes messages again", metadata: ["mmsc": "\(mmsc)"])
        case .open(let until, let cause):
            let metadata: Logger.Metadata = [
                "mmsc": "\(mmsc)", "reason": "\(cause.reason)", "next_try_in": "\(until.since(now).seconds) s",
            ]
            if cause.isMisconfigured {
                logger.error("Sending has stopped: the account or the configuration needs repair", metadata: metadata)
            } else {
                logger.warning("The MMSC is down; its messages wait or go another way", metadata: metadata)
            }
        case .halfOpen:
            break
        }
    }

    private func change<Value>(_ mmsc: String, _ body: (inout Entry) -> Value) -> Value {
        entries.withLock { body(&$0[mmsc, default: Entry()]) }
    }
}
