import FoundationEssentials
import GatewayCore

/// Whether an MMSC is sent to: it takes everything, or nothing for a while, or one message to see whether it is well
/// again.
struct CircuitBreaker: Sendable, Equatable {
    /// What an exchange says of the MMSC, whatever it said of the message.
    enum Sign: Sendable, Equatable {
        /// It does its work; a refusal of one message is that too.
        case well
        /// It could not be reached, did not answer, or says that it cannot now.
        case unwell(String)
        /// It will take nothing before somebody repairs the account or the configuration.
        case misconfigured(String)
    }

    enum State: Sendable, Equatable {
        case closed
        /// Nothing is sent until then.
        case open(until: Date, Cause)
        /// One request is sent, with this TransactionID; what becomes of it decides.
        case halfOpen(Cause, trying: String?)
    }

    /// Why it is not closed.
    struct Cause: Sendable, Equatable {
        /// Whether somebody has to repair something.
        var isMisconfigured: Bool
        var reason: String
        /// Pauses so far.
        var pauses: Int
    }

    /// What may be sent at a moment.
    enum Allowance: Sendable, Equatable {
        case all
        case one
        case none(until: Date)
    }

    private(set) var state = State.closed
    private var failures = 0
    private var refusals = 0

    /// What may be sent now. The end of a pause lets one message through.
    mutating func allowance(_ limits: BreakerLimits, now: Date) -> Allowance {
        switch state {
        case .closed:
            return .all
        case .halfOpen(_, let trying):
            // The try that is out ends by itself, and rings.
            return trying == nil ? .one : .none(until: now + limits.lastPause)
        case .open(let until, let cause):
            // Further ahead than the longest pause it lies only when the clock went back.
            guard until <= now || until > now + max(limits.lastPause, limits.repairPause) else {
                return .none(until: until)
            }
            state = .halfOpen(cause, trying: nil)
            return .one
        }
    }

    /// The one message is on its way.
    mutating func beginTry(_ transactionID: String) {
        if case .halfOpen(let cause, _) = state { state = .halfOpen(cause, trying: transactionID) }
    }

    /// The one message never came to an exchange: another may be tried.
    mutating func endTry(_ transactionID: String) {
        if case .halfOpen(let cause, trying: transactionID) = state { state = .halfOpen(cause, trying: nil) }
    }

    /// Whether a request that was to go when it was allowed may go now.
    func lets(_ transactionID: String) -> Bool {
        switch state {
        case .closed: true
        case .halfOpen(_, let trying): trying == transactionID
        case .open: false
        }
    }

    /// The operator has changed something: it is worth a try at once.
    mutating func hurry() {
        if case .open(_, let cause) = state { state = .halfOpen(cause, trying: nil) }
    }

    /// Takes what an exchange says of the MMSC; returns whether the state is another now.
    mutating func record(_ sign: Sign, of transactionID: String, _ limits: BreakerLimits, now: Date) -> Bool {
        let before = state
        switch sign {
        case .well:
            failures = 0
            refusals = 0
            state = .closed
        case .unwell(let reason):
            failures += 1
            fail(failures >= limits.failures, isMisconfigured: false, reason, of: transactionID, limits, now: now)
        case .misconfigured(let reason):
            refusals += 1
            fail(refusals >= limits.refusals, isMisconfigured: true, reason, of: transactionID, limits, now: now)
        }
        return state != before
    }

    /// - Parameter isEnough: whether so many in a row open it.
    private mutating func fail(
        _ isEnough: Bool, isMisconfigured: Bool, _ reason: String, of transactionID: String, _ limits: BreakerLimits,
        now: Date
    ) {
        var cause = Cause(isMisconfigured: isMisconfigured, reason: reason, pauses: 0)
        switch state {
        case .closed where isEnough:
            open(cause, limits, now: now)
        case .halfOpen(let last, trying: transactionID):
            if isMisconfigured, !last.isMisconfigured, !isEnough {
                // It is back, and says something else now, which has to be said as often as ever.
                failures = 0
                state = .closed
            } else {
                cause.pauses = last.pauses + 1
                open(cause, limits, now: now)
            }
        case .closed, .halfOpen, .open:
            // What was in flight when it opened says nothing new.
            break
        }
    }

    private mutating func open(_ cause: Cause, _ limits: BreakerLimits, now: Date) {
        let pause =
            cause.isMisconfigured
            ? limits.repairPause : min(limits.firstPause * (1 << min(cause.pauses, 20)), limits.lastPause)
        state = .open(until: now + pause, cause)
    }
}
