import CurlHTTP
import Doubles
import FoundationEssentials
import GatewayCore
import Testing

@testable import Webhooks

@Suite("Turns of webhooks")
struct CallPermitsTests {
    private let permits = CallPermits(capacity: 8)
    private let plan = Owner.servicePlan("plan1")

    @Test("a receiver that did not answer in time has one call, whoever's it is and whatever its path")
    func timedOut() throws {
        let claim = try event(1)
        permits.begin(CallClaims([claim], nextDue: nil), for: request("http://hooks.example/a"))

        permits.end(claim.id, after: .timedOut)

        let request = request("http://hooks.example/b")
        let other = Owner.servicePlan("plan2")
        #expect(request.share.freePermits(of: other, at: request.server(other, "")) == 1)
        #expect(request.share.freePermits(of: other, at: "http://elsewhere.example") == 4)
    }

    @Test("what a call took is given back where it was taken, also when the receiver has changed meanwhile")
    func reloaded() throws {
        let claim = try event(1)
        permits.begin(CallClaims([claim, claim], nextDue: nil), for: request("http://before.example/"))
        _ = request("http://after.example/")

        permits.end(claim.id, after: .answered)
        permits.end(claim.id, after: .answered)

        #expect(request("http://before.example/").share.held == 0)
    }

    @Test("a failure that took half of the time counts as none in time")
    func slow() {
        let failure = HTTPFailure(kind: .connectionLost, requestMayHaveArrived: true, message: "closed")
        let timeout = HTTPFailure(kind: .timedOut, requestMayHaveArrived: true, message: "late")

        #expect(isTimeout(.init(failure, elapsed: .seconds(8), of: .seconds(15))))
        #expect(!isTimeout(.init(failure, elapsed: .seconds(7), of: .seconds(15))))
        #expect(isTimeout(.init(timeout, elapsed: .zero, of: .seconds(15))))
    }

    private func isTimeout(_ ending: CallRequest.Share.Ending) -> Bool {
        if case .timedOut = ending { true } else { false }
    }

    @Test("an owner gets as many calls as its rate allows now, and the next when the rate allows it")
    func rate() throws {
        let clock = HandClock()
        let permits = CallPermits(capacity: 8, monotonic: clock.clock)
        let receivers = Receivers(
            writers: { _ in FixedWriter(address: "http://hooks.example/", rate: 10) }, isMissing: { _ in false })
        let request = permits.request(upTo: 8, leaseUntil: .distantFuture, receivers: receivers)
        #expect(request.allowance(plan) == 1)
        #expect(permits.pause == nil)

        permits.begin(CallClaims([try event(1)], nextDue: nil), for: request)

        #expect(request.allowance(plan) == 0)
        #expect(permits.pause == .milliseconds(100))
        clock.pass(.milliseconds(100))
        #expect(permits.pause == nil)
        #expect(request.allowance(plan) == 1)
    }

    @Test("where a token has to be fetched first, one call does it, and calls without a token are others")
    func token() {
        let token = TokenRequest(endpoint: "https://auth.example/token", clientID: "id", clientSecret: Secret("s"))
        let writer = FixedWriter(address: "http://hooks.example/", token: token)
        let missing = Receivers(writers: { _ in writer }, isMissing: { _ in true })
        let plain = Receivers(writers: { _ in FixedWriter(address: "http://hooks.example/") }, isMissing: { _ in true })

        #expect(missing.targetLimit(plan, "") == 1)
        #expect(Receivers(writers: { _ in writer }, isMissing: { _ in false }).targetLimit(plan, "") == nil)
        #expect(plain.targetLimit(plan, "") == nil)
        #expect(missing.server(of: plan, "") != plain.server(of: plan, ""))
    }

    private func request(_ address: String) -> CallRequest {
        permits.request(
            upTo: 8, leaseUntil: .distantFuture,
            receivers: Receivers(writers: { _ in FixedWriter(address: address) }, isMissing: { _ in false }))
    }

    private func event(_ id: Event.ID) throws -> CallClaim {
        let now = Date(milliseconds: 1_800_000_000_000)
        let order = Order(
            to: ["15550100001"], from: try #require(Originator("12025550100")),
            content: Content(media: [.init(url: "https://media.example/p.jpg")]), expireAt: now + .seconds(3600))
        let batch = Batch(order, id: ULID(high: 1, low: 0), owner: plan, createdAt: now)
        return CallClaim(event: Event(id: id, owner: plan, subject: .end(batch), createdAt: now))
    }
}

/// A customer with one address.
private struct FixedWriter: CallWriter {
    let address: String
    var token: TokenRequest?
    var rate: Double?

    func address(of target: String, of owner: Owner) -> String? { address }
    func token(for target: String, of owner: Owner) -> TokenRequest? { token }
    func callsPerSecond(of owner: Owner) -> Double? { rate }
    func body(of event: Event, to target: String) throws -> WebhookCall? { nil }
}
