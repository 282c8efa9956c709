import GatewayCore
import Testing

@testable import ObjectStorage

@Suite("Whose upload is next")
struct UploadTurnsTests {
    @Test("an upload says that a storage is away where it is asked again later, and else that it answers")
    func endings() {
        #expect(UploadRequest.Share.Ending(.failure(.temporary("busy"))) == .timedOut)
        #expect(UploadRequest.Share.Ending(.failure(.refused("too large"))) == .answered)
        #expect(UploadRequest.Share.Ending(.success("https://media.example.net/1")) == .answered)
    }

    @Test("a storage that was away has one place, and twice as many with each answer; silence says nothing")
    func places() {
        let turns = UploadTurns(capacity: 16)
        let claim = UploadClaim(.sample([]), of: .servicePlan("p"), token: UploadToken("9f"))
        let endings: [UploadRequest.Share.Ending] = [.silent, .timedOut, .silent, .answered, .answered, .answered]

        let rooms = endings.map { ending in
            turns.begin([claim])
            turns.end(claim.id, after: ending)
            return turns.share.room(of: claim.owner, at: claim.owner)
        }

        #expect(rooms == [8, 1, 1, 2, 4, 8])
        #expect(turns.share.held == 0 && !turns.isDoubtful(claim.owner))
    }
}
