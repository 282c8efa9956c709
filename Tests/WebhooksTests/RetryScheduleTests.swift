import Testing

@testable import Webhooks

@Suite("When a webhook is called again")
struct RetryScheduleTests {
    private func pauses(_ schedule: RetrySchedule) -> [Duration] {
        var pauses: [Duration] = []
        while pauses.count < 100, let pause = schedule.pause(afterTries: pauses.count + 1) { pauses.append(pause) }
        return pauses
    }

    @Test("the tries lie 5, 10, 20 ... 81,920 seconds after the first, and then there are no more")
    func vendorSchedule() {
        var offset = Duration.zero
        let offsets = pauses(RetrySchedule()).map { pause in
            offset += pause
            return offset
        }

        #expect(offsets == (0..<15).map { .seconds(5 << $0) })
    }

    @Test("a last delay between two of the doubled ones ends the tries before it")
    func uneven() {
        let schedule = RetrySchedule(firstDelay: .seconds(3), lastDelay: .seconds(13))

        #expect(pauses(schedule) == [.seconds(3), .seconds(3), .seconds(6)])
    }

    @Test("without room for one delay there is one try")
    func none() {
        #expect(pauses(RetrySchedule(firstDelay: .seconds(2), lastDelay: .seconds(1))) == [])
    }
}
