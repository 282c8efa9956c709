import FoundationEssentials
import GatewayCore
import Testing

@testable import CustomerServing

@Suite("How often a customer may call")
struct RateLimiterTests {
    private let now = Date(milliseconds: 1_775_122_200_250)

    @Test(
        "less than one call a second is a wait of several",
        arguments: [(0.1, 10), (0.3, 4), (0, 86_400), (1e-300, 86_400)])
    func slow(rate: Double, wait: Int) {
        let limiter = RateLimiter()

        #expect(limiter.refusal(of: "p", perSecond: rate, now: now) == nil)
        #expect(limiter.refusal(of: "p", perSecond: rate, now: now) == wait)
    }

    @Test("a clock that goes back gives no calls and takes none")
    func clockGoesBack() {
        let limiter = RateLimiter()
        _ = limiter.refusal(of: "p", perSecond: 1, now: now)

        #expect(limiter.refusal(of: "p", perSecond: 1, now: now + .seconds(-60)) == 1)
        #expect(limiter.refusal(of: "p", perSecond: 1, now: now + .seconds(-59)) == nil)
    }
}
