import FoundationEssentials
import GatewayCore

/// Whether an MMSC is sent to: it takes everything, or nothing for a while, or one message to see whether it is well
/// again.
struct CircuitBreaker: Sendable, Equatable {
    /// What an exchange says of the MMSC, whatever it said of the message.
    enum Sign: Sendable, Equatable {
        /// It took what it was sent.
        case well
        /// It works, but neither took the message nor refused it for good.
        case answered
        /// It works, and refused this many messages for good.
        case refused(String, messages: Int)
        /// Nothing was sent: no request could be made for this many messages.
        case unmade(String, messages: Int)
        /// It could not be reached, did not answer, or says that it cannot now.
        case unwell(String)
        /// It will take nothing before somebody repairs the account or the configuration.
        case misconfigured(String)
        /// Nothing: what was said is about a customer's own account.
        case nothing
    }

    enum State: Sendable, Equatable {
        case closed
        /// Nothing is sent before that time.
        case open(until: Date, Cause)
        /// One request is sent, with this TransactionID; its result decides.
        case halfOpen(Cause, trying: String?)
    }

    /// Why it is not closed.
    struct Cause: Sendable, Equatable {
        enum Kind: Sendable, Equatable {
            /// It does not answer, or says that it cannot now.
            case down
            /// It wants the account or the configuration repaired.
            case misconfigured
            /// It refuses one message after the other.
            case refusing
        }

        var kind: Kind
        var reason: String
        /// Pauses so far.
        var pauses = 0

        /// Whether somebody has to repair something.
        var needsRepair: Bool { kind != .down }
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
    /// Messages refused since one was last taken.
    private var refusedMessages = 0

    /// What may be sent now. The end of a pause lets one message through.
    mutating func allowance(_ limits: BreakerLimits, now: Date) -> Allowance {
        switch state {
        case .closed:
            return .all
        case .halfOpen(_, let trying):
            // The end of the try that is in flight raises the signal.
            return trying == nil ? .one : .none(until: now + limits.lastPause)
        case .open(let until, let cause):
            // The end of a pause is further ahead than the longest pause only when the clock was set back.
            guard until <= now || until > now + max(limits.lastPause, limits.repairPause) else {
                return .none(until: until)
            }
            state = .halfOpen(cause, trying: nil)
            return .one
        }
    }

    /// Notes which request is the one that is tried.
    mutating func beginTry(_ transactionID: String) {
        if case .halfOpen(let cause, _) = state { state = .halfOpen(cause, trying: transactionID) }
    }

    /// The message that was to be tried had no exchange that decides: another may be tried.
    mutating func endTry(_ transactionID: String) {
        if case .halfOpen(let cause, trying: transactionID) = state { state = .halfOpen(cause, trying: nil) }
    }

    /// Whether a request that was allowed when it was claimed may still be sent.
    func lets(_ transactionID: String) -> Bool {
        switch state {
        case .closed: true
        case .halfOpen(_, let trying): trying == transactionID
        case .open: false
        }
    }

    /// Allows a try at once, because the operator has changed something; also beside an earlier try that may hang.
    mutating func hurry() {
        switch state {
        case .open(_, let cause), .halfOpen(let cause, _): state = .halfOpen(cause, trying: nil)
        case .closed: break
        }
    }
}

// MARK: - Signs

extension CircuitBreaker {
    /// Takes what an exchange says about the MMSC; returns whether that changed the state.
    mutating func record(_ sign: Sign, of transactionID: String, _ limits: BreakerLimits, now: Date) -> Bool {
        let before = state
        switch sign {
        case .nothing:
            endTry(transactionID)
        case .well:
            refusedMessages = 0
            close()
        case .answered:
            // That does not say whether the MMSC takes messages again.
            if refusedMessages < limits.refusedMessages { close() }
        case .refused(let reason, let messages):
            guard isRun(messages, limits) else {
                close()
                break
            }
            (failures, refusals) = (0, 0)
            fail(true, Cause(kind: .refusing, reason: reason), of: transactionID, limits, now: now)
        case .unmade(let reason, let messages):
            // That says nothing about how the MMSC is.
            guard isRun(messages, limits) else { break }
            fail(true, Cause(kind: .refusing, reason: reason), of: transactionID, limits, now: now)
        case .unwell(let reason):
            failures += 1
            fail(
                failures >= limits.failures, Cause(kind: .down, reason: reason), of: transactionID, limits, now: now)
        case .misconfigured(let reason):
            refusals += 1
            fail(
                refusals >= limits.refusals, Cause(kind: .misconfigured, reason: reason), of: transactionID, limits,
                now: now)
        }
        return state != before
    }

    /// Counts messages that ended for good and were not taken; returns whether there are enough in a row to stop the
    /// queue.
    private mutating func isRun(_ messages: Int, _ limits: BreakerLimits) -> Bool {
        // One request alone never stops it, however many messages it carries.
        refusedMessages += min(messages, max(limits.refusedMessages / 2, 1))
        return refusedMessages >= limits.refusedMessages
    }

    private mutating func close() {
        failures = 0
        refusals = 0
        state = .closed
    }

    /// - Parameter isEnough: whether the failures in a row are enough to open it.
    private mutating func fail(
        _ isEnough: Bool, _ cause: Cause, of transactionID: String, _ limits: BreakerLimits, now: Date
    ) {
        var cause = cause
        switch state {
        case .closed where isEnough:
            open(cause, limits, now: now)
        case .halfOpen(let last, trying: transactionID):
            if cause.kind == .misconfigured, last.kind == .down, !isEnough {
                // It answers again, but with another kind of failure, whose run is counted from the start.
                failures = 0
                state = .closed
            } else {
                cause.pauses = last.pauses + 1
                open(cause, limits, now: now)
            }
        case .closed, .halfOpen, .open:
            // Requests that were in flight when it opened say nothing new.
            break
        }
    }

    private mutating func open(_ cause: Cause, _ limits: BreakerLimits, now: Date) {
        let pause =
            cause.needsRepair
            ? limits.repairPause : min(limits.firstPause * (1 << min(cause.pauses, 20)), limits.lastPause)
        state = .open(until: now + pause, cause)
    }
}
