import Testing

@testable import GatewayConfiguration

@Suite("The retention of what has ended")
struct RetentionConfigurationTests {
    @Test("of events and attempts is as long as that of their batch at most")
    func order() {
        #expect(
            ConfigurationFixture(#"retention: {batches: "3d", events: "4d", attempts: "3d"},"#).faults() == [
                "retention.events: must not be longer than retention.batches, which is 3d: they go with their batch"
            ])
    }

    @Test("is compared only where both are known")
    func unknown() {
        let faults = ConfigurationFixture(#"retention: {batches: "1h", events: "60d", attempts: 30},"#).faults()

        #expect(faults.count == 2)
        #expect(faults.first?.hasPrefix("retention.batches: must be a duration") == true, "\(faults)")
        #expect(faults.last?.hasPrefix("retention.attempts: must be a duration") == true, "\(faults)")
    }
}
