import Testing

@testable import GatewayCore

@Suite("Those who wait for a permit")
struct FairWaitListTests {
    private var list = FairWaitList<String, String, Int>()
    private var share = FairShare<String, String>(.webhookCalls, capacity: 8)

    @Test("owners take turns, each in the order in which its waiters came")
    mutating func turns() {
        for waiter in 1...3 { list.append(waiter, of: "a", at: "x") }
        for waiter in 4...5 { list.append(waiter, of: "b", at: "y") }

        var entered: [Int] = []
        while let waiter = list.enter(&share) { entered.append(waiter) }

        #expect(entered == [1, 4, 2, 5, 3])
        #expect(list.count == 0)
        #expect(share.held == 5)
    }

    @Test("of one owner the one who came first is first, at whatever target")
    mutating func order() {
        list.append(1, of: "a", at: "x")
        list.append(2, of: "a", at: "y")
        list.append(3, of: "a", at: "x")

        #expect(list.enter(&share) == 1)
        #expect(list.enter(&share) == 2)
        #expect(list.enter(&share) == 3)
    }

    @Test("who waits at a target without a permit is passed over, and stays")
    mutating func passedOver() {
        share.take(for: "a", at: "hanging")
        share.giveBack(of: "a", at: "hanging", after: .timedOut)
        share.take(for: "a", at: "hanging")
        list.append(1, of: "a", at: "hanging")
        list.append(2, of: "a", at: "well")

        #expect(list.enter(&share) == 2)
        #expect(list.enter(&share) == nil)
        #expect(list.count(of: "a") == 1)
    }

    @Test("who went away is not let in, and is found once")
    mutating func removed() {
        let number = list.append(1, of: "a", at: "x")
        list.append(2, of: "a", at: "x")

        #expect(list.remove(number) == 1)
        #expect(list.remove(number) == nil)
        #expect(list.enter(&share) == 2)
        #expect(list.count == 0)
    }

    @Test("those who came before another can be sent away together")
    mutating func sentAway() {
        list.append(1, of: "a", at: "x")
        let second = list.append(2, of: "b", at: "y")
        list.append(3, of: "a", at: "x")

        #expect(list.removeAll(through: second).sorted() == [1, 2])
        #expect(list.count == 1)
        #expect(Array(list.owners) == ["a"])
        #expect(list.enter(&share) == 3)
    }

    @Test("who waits for several permits gets them together")
    mutating func several() {
        list.append(1, of: "a", at: "x")

        #expect(list.enter(&share, permits: 3) == 1)

        #expect(share.held == 3)
    }
}
