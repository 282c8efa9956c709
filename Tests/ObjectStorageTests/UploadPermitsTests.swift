import GatewayCore
import Testing

@testable import ObjectStorage

@Suite("Whose upload is next")
struct UploadPermitsTests {
    @Test("an upload says that a storage is away where it is asked again later, and else that it answers")
    func endings() {
        #expect(UploadRequest.Share.Ending(.failure(.temporary("busy"))) == .timedOut)
        #expect(UploadRequest.Share.Ending(.failure(.refused("too large"))) == .answered)
        #expect(UploadRequest.Share.Ending(.success("https://media.example.net/1")) == .answered)
    }

    @Test("a storage that was away has one permit, and twice as many with each answer; silence says nothing")
    func oneAndDoubled() {
        let permits = UploadPermits(capacity: 16)
        let claim = UploadClaim(.sample([]), of: .servicePlan("p"), token: UploadToken("9f"))
        let endings: [UploadRequest.Share.Ending] = [.silent, .timedOut, .silent, .answered, .answered, .answered]

        let freePermits = endings.map { ending in
            permits.begin([claim])
            permits.end(claim.id, after: ending)
            return permits.share.freePermits(of: claim.owner, at: claim.owner)
        }

        #expect(freePermits == [8, 1, 1, 2, 4, 8])
        #expect(permits.share.held == 0 && !permits.isDoubtful(claim.owner))
    }
}
