import GatewayCore
import HTTPServing
import IPRanges
import Testing

@testable import MM7Endpoint

@Suite("Allowed addresses")
struct RefusalTests {
    @Test(
        "only a peer inside one of the ranges may post",
        arguments: [
            ("10.1.2.3", nil), ("::ffff:10.1.2.3", nil), ("2001:db8::7", nil), ("11.1.2.3", .address),
            ("2001:db9::7", .address), (nil, .address),
        ] as [(String?, CallbackAccess.Refusal?)])
    func addresses(peer: String?, refusal: CallbackAccess.Refusal?) throws {
        let ranges = try ["10.0.0.0/8", "2001:db8::/32"].map { try #require(IPRange($0)) }
        let access = CallbackAccess(allowed: ranges)

        #expect(access.refusal(ofPeer: peer.flatMap { IPAddress($0) }, authorization: .unusable) == refusal)
    }

    @Test("what is not configured is not checked")
    func open() {
        #expect(CallbackAccess().refusal(ofPeer: nil, authorization: .unusable) == nil)
    }
}
