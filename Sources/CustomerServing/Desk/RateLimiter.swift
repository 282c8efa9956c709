import FoundationEssentials
import Synchronization

/// How often each caller may call. What one has not used it keeps, for one second at most.
final class RateLimiter: Sendable {
    private struct Allowance {
        var calls: Double
        var at: Date
    }

    private let allowances = Mutex<[String: Allowance]>([:])

    /// Takes one call off a caller's allowance; where none is left, returns the seconds until there is one again.
    func refusal(of caller: String, perSecond rate: Double, now: Date) -> Int? {
        allowances.withLock { allowances in
            let most = max(rate, 1)
            var allowance = allowances[caller] ?? Allowance(calls: most, at: now)
            // A clock that went back gives nothing and takes nothing.
            let passed = max(0, now.timeIntervalSince(allowance.at))
            allowance.calls = min(most, allowance.calls + passed * rate)
            allowance.at = now
            let isAllowed = allowance.calls >= 1
            if isAllowed { allowance.calls -= 1 }
            allowances[caller] = allowance
            return isAllowed ? nil : Self.wholeSeconds((1 - allowance.calls) / rate)
        }
    }

    /// Whole seconds, at least one and at most a day, also for not-a-number.
    private static func wholeSeconds(_ seconds: Double) -> Int {
        guard seconds < 86_400 else { return 86_400 }
        return max(1, Int(seconds.rounded(.up)))
    }
}
