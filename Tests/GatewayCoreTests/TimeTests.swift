import Foundation
import GatewayCore
import Testing

@Suite("Times and durations")
struct TimeTests {
    @Test(
        "a time in milliseconds is itself again",
        arguments: [
            Int64(0), 1, 999, 1_800_000_000_001, -1, 253_402_300_799_999,
        ])
    func roundTrip(_ milliseconds: Int64) {
        #expect(Date(milliseconds: milliseconds).milliseconds == milliseconds)
        #expect(Date(milliseconds: milliseconds).wholeMilliseconds == Date(milliseconds: milliseconds))
    }

    @Test("a duration goes both ways", arguments: [Duration.seconds(90), .milliseconds(-1500), .zero])
    func since(_ duration: Duration) {
        let start = Date(milliseconds: 1_800_000_000_000)

        #expect((start + duration).since(start) == duration)
        #expect(abs(duration.seconds - Double(duration.components.seconds)) < 1)
    }
}
