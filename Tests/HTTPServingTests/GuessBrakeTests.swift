import IPRanges
import Testing

@testable import HTTPServing

@Suite("The brake of those who guess")
struct GuessBrakeTests {
    private let now = ContinuousClock.Instant.now

    @Test("some failures are free, and from then on each waits a tenth of a second more, up to a bound")
    func line() throws {
        let brake = GuessBrake()
        let address = try #require(IPAddress("192.0.2.1"))
        let other = try #require(IPAddress("192.0.2.2"))

        let delays = (0..<200).map { _ in brake.delay(of: address, now: now) }

        #expect(delays[..<20].allSatisfy { $0 == .zero })
        #expect(delays[20] == .milliseconds(100))
        #expect(delays[21] == .milliseconds(200))
        #expect(delays[199] == .seconds(10))
        #expect(brake.delay(of: other, now: now) == .zero)
        #expect(brake.delay(of: address, now: now + .seconds(20)) == .zero)
    }

    @Test("addresses without number take no memory without end")
    func memory() {
        let brake = GuessBrake()

        for number in 0..<20_000 { _ = brake.delay(of: .v4(UInt32(number)), now: now) }

        #expect(brake.count <= GuessBrake.memory)
    }
}
