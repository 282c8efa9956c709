import Foundation
import GatewayCore
import Retention
import Testing

@Suite("Where a sweep of batches begins")
struct SweepStartTests {
    private let time = Date(timeIntervalSince1970: 1_800_000_000)

    /// Where the sweeps at these hours begin, each of which then goes as far as the text says.
    private func beginnings(_ sweeps: [(hour: Int, end: String?)]) -> [String?] {
        var start = SweepStart()
        return sweeps.map { hour, end in
            let begin = start.begin(at: time + .seconds(hour * 3600))
            if let end { start.reached(RemovalCursor(end)) }
            return begin?.text
        }
    }

    @Test("at the beginning once a day, and else where the whole sweep of the day before ended")
    func days() {
        let beginnings = beginnings([
            (0, "day 0"), (1, "later"), (24, "day 1"), (25, "later"), (47, "later"), (48, "day 2"), (49, "later"),
        ])

        #expect(beginnings == [nil, nil, nil, "day 0", "day 0", nil, "day 1"])
    }

    @Test("at the beginning always where one look sees everything")
    func few() {
        #expect(beginnings((0..<60).map { ($0, nil) }).allSatisfy { $0 == nil })
    }

    @Test("at the beginning where the clock was put back")
    func putBack() {
        #expect(beginnings([(100, "end"), (124, "end"), (0, "end")]) == [nil, nil, nil])
    }
}
