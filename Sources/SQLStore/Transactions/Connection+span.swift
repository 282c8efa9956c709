import FoundationEssentials
import GatewayCore

extension Connection {
    /// The earliest beginning of a span that ends now, such as the time for which answers are kept. While the clock is
    /// in doubt, the last certain time counts as now if it is earlier, so that a wrong clock does not make the store
    /// forget anything.
    func beginning(of span: Duration, endingAt now: Date, isClockSettled: Bool) throws(SQLError) -> Date {
        guard !isClockSettled else { return now + (.zero - span) }
        guard let last = try first(PulseQuery.keptTime, read: { $0.optionalTime() }) ?? nil else {
            return .distantPast
        }
        return min(now, last) + (.zero - span)
    }
}
