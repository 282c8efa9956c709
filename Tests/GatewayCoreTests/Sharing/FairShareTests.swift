import GatewayCore
import Testing

@Suite("Whose turn it is at a shared resource")
struct FairShareTests {
    private typealias Share = FairShare<String, String>

    private func share(_ capacity: Int, of resource: SharedResource = .webhookCalls) -> Share {
        Share(resource, capacity: capacity)
    }

    private func waiting(_ pairs: (String, String)...) -> [(owner: String, target: String)] {
        pairs.map { (owner: $0.0, target: $0.1) }
    }

    @Test("one owner has half of the permits at most, and one at least", arguments: [(8, 4), (9, 4), (2, 1), (1, 1)])
    func half(capacity: Int, limit: Int) {
        var share = share(capacity)

        while share.freePermits(of: "a", at: "x") > 0 { share.take(for: "a", at: "x") }

        #expect(share.held == limit)
    }

    @Test("exchanges with one MMSC may all be one customer's, for they end at the same pace whoever's they are")
    func whole() {
        #expect(share(8, of: .submissions).freePermits(of: "a", at: "x") == 8)
    }

    @Test("queues of one owner take turns also where one permit at a time falls to it")
    func rotation() {
        var share = share(100)
        var counts = [0, 0]
        for _ in 0..<10 {
            var look = share
            look.allow(1, to: "a")
            let allotted = look.allot(10, among: [(owner: "a", target: "x", waiting: 9), ("a", "y", 9)])
            for (index, count) in allotted.enumerated() where count > 0 {
                counts[index] += count
                share.take(for: "a", at: index == 0 ? "x" : "y")
                share.giveBack(of: "a", at: index == 0 ? "x" : "y", after: .answered)
            }
        }

        #expect(counts == [5, 5])
    }

    @Test("the owner with the least going on is next, and of equals the one whose last turn is longest ago")
    func turns() {
        var share = share(100)
        share.take(for: "a", at: "x")
        share.take(for: "b", at: "x")
        share.take(for: "b", at: "x")

        #expect(share.next(among: waiting(("b", "x"), ("a", "x"))) == 1)
        share.take(for: "a", at: "x")
        #expect(share.next(among: waiting(("a", "x"), ("b", "x"))) == 1)
        #expect(share.next(among: waiting(("a", "x"), ("b", "x"), ("c", "x"))) == 2)
    }

    @Test("an owner who comes late does not wait behind all that another has waiting, even at a single permit")
    func singlePermit() {
        var share = share(1, of: .submissions)
        share.take(for: "a", at: "x")
        share.giveBack(of: "a", at: "x", after: .answered)

        #expect(share.next(among: waiting(("a", "x"), ("a", "x"), ("b", "x"))) == 2)
    }

    @Test("a target that did not answer in time has one permit, and twice as many with each answer")
    func distrust() {
        var share = share(16)
        share.take(for: "a", at: "slow")
        share.giveBack(of: "a", at: "slow", after: .timedOut)

        var freePermits: [Int] = []
        for _ in 1...4 {
            freePermits.append(share.freePermits(of: "a", at: "slow"))
            share.take(for: "a", at: "slow")
            share.giveBack(of: "a", at: "slow", after: .answered)
        }

        #expect(freePermits == [1, 2, 4, 8])
        #expect(share.limit(of: "slow") == nil)
        #expect(share.freePermits(of: "a", at: "other") == 8)
    }

    @Test("work that came to nothing before its target was asked leaves the target's limit as it is")
    func silence() {
        var share = share(16)
        share.take(for: "a", at: "slow")
        share.giveBack(of: "a", at: "slow", after: .timedOut)
        share.take(for: "a", at: "slow")
        share.giveBack(of: "a", at: "slow", after: .silent)

        #expect(share.freePermits(of: "a", at: "slow") == 1)
    }

    @Test("many owners at a target that hangs hold one permit there together")
    func oneTargetOfMany() {
        var share = share(16)
        share.take(for: "a", at: "slow")
        share.giveBack(of: "a", at: "slow", after: .timedOut)
        share.take(for: "b", at: "slow")

        #expect(share.freePermits(of: "c", at: "slow") == 0)
        #expect(share.next(among: waiting(("c", "slow"), ("c", "well"))) == 1)
    }

    @Test("permits are allotted in turns, to those who wait and no more than they may have")
    func allotment() {
        let queues = [("a", "x", 100), ("b", "y", 1), ("c", "z", 100)]

        #expect(share(8).allot(8, among: queues) == [4, 1, 3])
        #expect(share(8).allot(2, among: queues) == [1, 1, 0])
        #expect(share(8).allot(0, among: queues) == [0, 0, 0])
    }

    @Test("what falls to an owner goes to all its queues in turns")
    func allotmentWithinOwner() {
        #expect(share(12).allot(12, among: [("a", "x", 100), ("a", "y", 100), ("b", "z", 100)]) == [3, 3, 6])
    }

    @Test("fewer permits than are held give nobody any until enough are back")
    func shrunk() {
        var share = share(4)
        share.take(2, for: "a", at: "x")
        share.take(2, for: "b", at: "x")
        share.capacity = 2

        #expect(share.freePermits(of: "c", at: "x") == 0)
        share.giveBack(2, of: "a", at: "x", after: .answered)
        #expect(share.freePermits(of: "c", at: "x") == 0)
        share.giveBack(2, of: "b", at: "x", after: .answered)
        #expect(share.freePermits(of: "c", at: "x") == 1)
    }

    @Test("an owner with an allowance gets no more than that at all its targets together, and the others get the rest")
    func allowance() {
        var share = share(20)
        share.allow(3, to: "a")
        share.allow(0, to: "b")

        let counts = share.allot(20, among: [("a", "x", 9), ("a", "y", 9), ("b", "x", 9), ("c", "x", 9)])

        #expect(counts == [2, 1, 0, 9])
        #expect(share.freePermits(of: "b", at: "x") == 0)
    }

    @Test("a target that is restricted has no more permits than that, and no more than it had before")
    func restriction() {
        var share = share(20)
        share.take(for: "a", at: "x")
        share.restrict("x", to: 1)
        share.restrict("y", to: 1)
        share.restrict("y", to: 5)

        #expect(share.allot(20, among: [("a", "x", 9), ("a", "y", 9), ("b", "z", 9)]) == [0, 1, 9])
    }
}
