import GatewayCore
import Testing

@Suite("Queues in turns")
struct InTurnsTests {
    @Test(
        "each gives one of its elements after the other, until none is left or there are enough",
        arguments: [
            (9, [1, 4, 5, 2, 6, 3]), (4, [1, 4, 5, 2]), (2, [1, 4]), (0, []),
        ])
    func turns(limit: Int, expected: [Int]) {
        #expect([[1, 2, 3], [4], [], [5, 6]].inTurns(limit) == expected)
    }

    @Test("no queues have no turns")
    func none() {
        #expect([[Int]]().inTurns(3) == [])
    }
}
