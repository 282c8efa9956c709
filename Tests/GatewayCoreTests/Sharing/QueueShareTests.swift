import GatewayCore
import Testing

@Suite("Queues that share permits")
struct QueueShareTests {
    private typealias Share = FairShare<String, String>

    @Test("owners take turns, the one with the least going on first, and each has its first in order")
    func turns() {
        var share = Share(.uploads, capacity: 8)
        share.take(2, for: "a", at: "a")
        let queues = [
            Share.Queue(of: "a", at: "a", waiting: [1, 2, 3]), Share.Queue(of: "b", at: "b", waiting: [4, 5, 6]),
        ]

        #expect(share.next(3, of: queues).map(Array.init) == [[1], [4, 5]])
        #expect(share.next(6, of: queues).map(Array.init) == [[1, 2], [4, 5, 6]])
    }

    @Test("a target that did not answer has one at a time")
    func trust() {
        var share = Share(.uploads, capacity: 8)
        share.take(for: "a", at: "a")
        share.giveBack(of: "a", at: "a", after: .timedOut)

        #expect(share.most(of: "a", at: "a", upTo: 5) == 1)
        #expect(share.most(of: "b", at: "b", upTo: 3) == 3)
        #expect(share.next(5, of: [Share.Queue(of: "a", at: "a", waiting: [1, 2])]).map(Array.init) == [[1]])
    }
}
