import Testing

@testable import GatewayCore

@Suite("Those who wait for a permit")
struct WaitingLineTests {
    private var line = WaitingLine<String, String, Int>()
    private var share = FairShare<String, String>(.webhookCalls, capacity: 8)

    @Test("owners take turns, each in the order in which its waiters came")
    mutating func turns() {
        for waiter in 1...3 { line.append(waiter, of: "a", at: "x") }
        for waiter in 4...5 { line.append(waiter, of: "b", at: "y") }

        var entered: [Int] = []
        while let waiter = line.enter(&share) { entered.append(waiter) }

        #expect(entered == [1, 4, 2, 5, 3])
        #expect(line.count == 0)
        #expect(share.held == 5)
    }

    @Test("of one owner the one who came first is first, at whatever target")
    mutating func order() {
        line.append(1, of: "a", at: "x")
        line.append(2, of: "a", at: "y")
        line.append(3, of: "a", at: "x")

        #expect(line.enter(&share) == 1)
        #expect(line.enter(&share) == 2)
        #expect(line.enter(&share) == 3)
    }

    @Test("who waits at a target without a permit is passed over, and stays")
    mutating func passedOver() {
        share.take(for: "a", at: "hanging")
        share.giveBack(of: "a", at: "hanging", after: .timedOut)
        share.take(for: "a", at: "hanging")
        line.append(1, of: "a", at: "hanging")
        line.append(2, of: "a", at: "well")

        #expect(line.enter(&share) == 2)
        #expect(line.enter(&share) == nil)
        #expect(line.count(of: "a") == 1)
    }

    @Test("who went away is not let in, and is found once")
    mutating func removed() {
        let number = line.append(1, of: "a", at: "x")
        line.append(2, of: "a", at: "x")

        #expect(line.remove(number) == 1)
        #expect(line.remove(number) == nil)
        #expect(line.enter(&share) == 2)
        #expect(line.count == 0)
    }
}
