import CurlHTTP
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

    private func request(_ address: String) -> CallRequest {
        permits.request(upTo: 8, leaseUntil: .distantFuture) { _, _ in address }
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
