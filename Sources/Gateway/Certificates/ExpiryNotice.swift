import FoundationEssentials
import GatewayCore

/// How near the end of a certificate is, in the steps in which the operator is reminded of it.
enum ExpiryNotice: Int, Sendable, Comparable {
    case month = 30
    case week = 7
    case day = 1
    case expired = 0

    /// - Parameter left: the time until the end.
    /// - Returns: nil for one that is far away.
    init?(left: Duration) {
        let days = left.seconds / 86400
        switch days {
        case ...0: self = .expired
        case ...1: self = .day
        case ...7: self = .week
        case ...30: self = .month
        default: return nil
        }
    }

    static func < (left: ExpiryNotice, right: ExpiryNotice) -> Bool { left.rawValue < right.rawValue }
}

/// The certificates that the operator was reminded of, and of which step last.
struct ExpiryReminders: Sendable {
    private var given: [String: (end: Date, notice: ExpiryNotice)] = [:]

    /// The notice that is due now, each once; a certificate with another end begins anew.
    ///
    /// - Parameter section: the section of the configuration that has the certificate.
    mutating func due(of section: String, ending end: Date, now: Date) -> ExpiryNotice? {
        guard let notice = ExpiryNotice(left: end.since(now)) else {
            given[section] = nil
            return nil
        }
        if let last = given[section], last.end == end, last.notice <= notice { return nil }
        given[section] = (end, notice)
        return notice
    }
}
