package import FoundationEssentials
import GatewayCore

/// How the exchanges with one MMSC ended last, for people: what was taken last, what failed last and how, and which
/// failure is worth a line in the log.
package struct ExchangeHistory: Sendable, Equatable {
    /// An exchange after which the message was not taken.
    package struct Failure: Sendable, Equatable {
        package let at: Date
        /// The MMSC's or libcurl's, fit to be shown.
        package let words: String
    }

    /// When the MMSC took something last, since the start of the process.
    package private(set) var lastSuccess: Date?
    package private(set) var lastFailure: Failure?
    /// Whether nothing was taken since the last failure of the exchange itself; or, where nothing was ever taken, since
    /// a refusal.
    package private(set) var isFailing = false
    private var isLogged = false
    private var loggedAt: Date?

    /// Between two lines about one MMSC, however often it fails and recovers.
    private static let pause = Duration.seconds(30)

    /// Takes what an exchange said; returns whether the failure is to be logged: the first after a success or a start.
    mutating func take(_ sign: CircuitBreaker.Sign, now: Date) -> Bool {
        switch sign {
        case .well:
            lastSuccess = now
            isFailing = false
            isLogged = false
            return false
        case .answered, .unmade:
            return false
        case .refused(let words, _):
            lastFailure = Failure(at: now, words: words)
            // One message may be refused by an MMSC that is well.
            guard lastSuccess == nil else { return false }
        case .unwell(let words):
            lastFailure = Failure(at: now, words: words)
        case .misconfigured(let words):
            lastFailure = Failure(at: now, words: words)
            isFailing = true
            // `SubmissionLog.needsRepair` does.
            return false
        }
        isFailing = true
        // A time that lies ahead is of a clock that was set back.
        if isLogged || loggedAt.map({ $0 <= now && now.since($0) < Self.pause }) ?? false { return false }
        isLogged = true
        loggedAt = now
        return true
    }

    /// After a reload the next failure is the first again.
    mutating func beginAnew() { isLogged = false }
}
