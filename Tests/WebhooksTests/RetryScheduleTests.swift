import Foundation
import GatewayCore
import Testing

@testable import Webhooks

@Suite("When a webhook is called again")
struct RetryScheduleTests {
    private let start = Date(milliseconds: 1_790_000_000_000)

    @Test("the tries lie 5, 10, 20 ... 81,920 seconds after the first, and then there are no more")
    func vendorSchedule() {
        let schedule = RetrySchedule()
        var tries = 1
        var offsets: [Int] = []

        // Each try fails at the very moment it was due.
        var now = start
        while let next = schedule.next(afterTries: tries, firstTriedAt: start, now: now), tries < 100 {
            offsets.append(Int(next.timeIntervalSince(start)))
            now = next + .seconds(-5)
            tries += 1
        }

        #expect(offsets == (0..<15).map { 5 << $0 })
    }

    @Test("after a stop the tries go on where the schedule is by then")
    func afterStop() {
        let now = start + .seconds(1000)

        #expect(RetrySchedule().next(afterTries: 2, firstTriedAt: start, now: now) == start + .seconds(1280))
    }

    @Test("after a stop that outlasted the schedule there is no more than the one try just made")
    func afterLongStop() {
        #expect(RetrySchedule().next(afterTries: 2, firstTriedAt: start, now: start + .seconds(100_000)) == nil)
    }
}
