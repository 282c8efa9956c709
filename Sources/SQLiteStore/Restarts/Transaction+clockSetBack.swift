import FoundationEssentials
import GatewayCore

/// When the claims of each kind end at the latest that somebody works on.
struct LeaseEnds: Sendable {
    var claims: Date
    var cancellations: Date
    var calls: Date

    /// Nobody works on anything.
    init(_ now: Date) {
        (claims, cancellations, calls) = (now, now, now)
    }
}

/// How long claims last: no longer ones were given out.
struct LongestLeases: Sendable {
    var cancellations = Duration.zero
    var calls = Duration.zero
    /// Those of SubmitReqs: twice the longest time-out, and more.
    private let claims = Duration.seconds(1_800)

    mutating func note(_ kind: WritableKeyPath<LongestLeases, Duration>, _ length: Duration) {
        self[keyPath: kind] = max(self[keyPath: kind], length)
    }

    func ends(from now: Date) -> LeaseEnds {
        var ends = LeaseEnds(now)
        ends.claims = now + claims
        ends.cancellations = now + cancellations
        ends.calls = now + calls
        return ends
    }
}

extension Transaction {
    /// Ends what began after now and waits for a time; returns how much was changed.
    ///
    /// - Parameters:
    ///   - last: when claims that are worked on end at the latest.
    ///   - limit: of each kind.
    func endWaits(begunAfter now: Date, last: LeaseEnds, limit: Int) throws(SQLiteError) -> Int {
        let rows = SQLValue.integer(limit)
        let carriers = try connection.rows(
            ClockSetBackQuery.messages, [":position": position(at: now), ":now": .time(now), ":limit": rows]
        ) { (row) throws(SQLiteError) in try row.text() }
        for text in Set(carriers) { signals.raise(for: Carriers(text)) }
        let mmscs = try connection.rows(
            ClockSetBackQuery.cancellations, [":now": .time(now), ":last": .time(last.cancellations), ":limit": rows]
        ) { row in row.optionalText() }
        for mmsc in Set(mmscs) { if let mmsc { signals.cancelling.insert(mmsc) } }
        let claims = try connection.run(ClockSetBackQuery.claims, [":last": .time(last.claims), ":limit": rows])
        var calls = 0
        for queue in try connection.targets() where calls < limit {
            calls += try connection.run(
                ClockSetBackQuery.calls,
                [
                    ":owner": .integer(queue.owner), ":target": .text(queue.target), ":last": .time(last.calls),
                    ":now": .time(now), ":limit": .integer(limit - calls),
                ])
        }
        let media = try connection.run(ClockSetBackQuery.media, [":now": .time(now), ":limit": rows])
        signals.events = signals.events || calls > 0
        signals.media = signals.media || media > 0
        return carriers.count + mmscs.count + claims + calls + media
    }
}
