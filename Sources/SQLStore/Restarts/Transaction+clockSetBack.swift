import FoundationEssentials
import GatewayCore

/// The latest ends of the claims of each kind that are being worked on.
struct LeaseEnds: Sendable {
    var claims: Date
    var cancellations: Date
    var calls: Date

    /// The ends where nothing is being worked on.
    init(_ now: Date) {
        (claims, cancellations, calls) = (now, now, now)
    }
}

/// The longest lease given out for each kind of claim.
struct LongestLeases: Sendable {
    var cancellations = Duration.zero
    var calls = Duration.zero
    /// The lease of SubmitReqs: more than twice the longest time-out.
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
    /// Ends waits that began later than the present time; returns how many rows were changed.
    ///
    /// - Parameters:
    ///   - last: the latest ends of the claims that are being worked on.
    ///   - limit: the most rows of each kind.
    func endWaits(begunAfter now: Date, last: LeaseEnds, limit: Int) throws(SQLError) -> Int {
        let rows = SQLValue.integer(limit)
        let carriers = try connection.rows(
            ClockSetBackQuery.messages, [":position": position(at: now), ":now": .time(now), ":limit": rows]
        ) { (row) throws(SQLError) in try row.text() }
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
