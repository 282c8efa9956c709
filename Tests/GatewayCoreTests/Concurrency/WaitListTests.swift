import Testing

@testable import GatewayCore

@Suite("Those who wait, in the order in which they came")
struct WaitListTests {
    private var list = WaitList<String>()

    init() {
        for (number, waiter) in [(1, "a"), (2, "b"), (3, "c")] { list.append(waiter, as: number) }
    }

    @Test("who came first leaves first, and no more leave than may")
    mutating func order() {
        #expect(list.first?.waiter == "a")
        #expect(list.removeFirst(upTo: 2) == ["a", "b"])
        #expect(list.removeFirst(upTo: -1) == [])
        #expect(list.removeFirst(upTo: 5) == ["c"])
        #expect(list.isEmpty)
    }

    @Test("who gives up is found by its number, once, and the others keep their order")
    mutating func givesUp() {
        #expect(list.remove(2) == "b")
        #expect(list.remove(2) == nil)
        #expect(list.removeFirst(upTo: 5) == ["a", "c"])
    }

    @Test("those who came up to a number leave together")
    mutating func together() {
        #expect(list.removeAll(through: 0) == [])
        #expect(list.removeAll(through: 2) == ["a", "b"])
        #expect(list.count == 1)
    }
}
