package import FoundationEssentials
import GatewayCore

/// How the latest exchanges with one MMSC ended, for people: the last success, the last failure, and which failure is
/// worth a line in the log.
package struct ExchangeHistory: Sendable, Equatable {
    /// An exchange after which the message was not taken.
    package struct Failure: Sendable, Equatable {
        package let at: Date
        /// The words of the MMSC or of libcurl, fit to be shown.
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

    /// The least time between two lines about one MMSC, however often it fails and recovers.
    private static let pause = Duration.seconds(30)

    /// Takes what an exchange said; returns whether to log the failure, as the first after a success or a start is.
    mutating func take(_ sign: CircuitBreaker.Sign, now: Date) -> Bool {
        switch sign {
        case .well:
            lastSuccess = now
            isFailing = false
            isLogged = false
            return false
        case .answered, .unmade, .nothing:
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
        // A time in the future means that the clock was set back.
        if isLogged || loggedAt.map({ $0 <= now && now.since($0) < Self.pause }) ?? false { return false }
        isLogged = true
        loggedAt = now
        return true
    }

    /// Makes the next failure the first again, after a reload.
    mutating func beginAnew() { isLogged = false }
}
