import GatewayCore
import MM7
import Testing

@Suite("What a report means")
struct ReportedFateTests {
    @Test(
        "each MMStatus has its meaning",
        arguments: [
            (MMStatus.retrieved, ReportedFate.delivered), (.delivered, .delivered), (.expired, .expired),
            (.rejected, .rejected), (.unrecognised, .failed(.unrecognised)), (.notSupported, .failed(.notSupported)),
            (.unreachable, .failed(.unreachable)), (.deliveryConditionNotMet, .failed(.undelivered)),
            (.replaced, .failed(.undelivered)), (.cancelled, .cancelled), (.deferred, .pending),
            (.processing, .pending),
            (.forwarded, .pending), (.indeterminate, .pending), (.other("Teleported"), .pending),
        ])
    func meaning(_ status: MMStatus, fate: ReportedFate) {
        #expect(ReportedFate(status) == fate)
    }
}
