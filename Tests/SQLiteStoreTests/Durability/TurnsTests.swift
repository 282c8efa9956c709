import Foundation
import GatewayCore
import Testing

@testable import SQLiteStore

@Suite("Whose turn it is")
struct TurnsTests {
    private func queue(of owner: Int, magnitude: Int = 0) throws -> DueQueue {
        DueQueue(
            carriers: try #require(Carriers(["north"])), owner: owner, magnitude: magnitude,
            dueAt: Date(milliseconds: 0))
    }

    @Test("customers get the same, however many queues each of them has")
    func customers() throws {
        let queues = [try queue(of: 1), try queue(of: 1, magnitude: 3), try queue(of: 2)]
        var turns = Turns(among: queues, after: 0)

        #expect(turns.take(8, queueCount: 3) == [2, 2, 4])
    }

    @Test("one place at a time comes round to everybody")
    func single() throws {
        let queues = [try queue(of: 1, magnitude: 3), try queue(of: 2), try queue(of: 1)]
        var turn = 0
        var counts = [0, 0, 0]
        for _ in 0..<8 {
            var turns = Turns(among: queues, after: turn)
            for (place, count) in turns.take(1, queueCount: 3).enumerated() { counts[place] += count }
            turn = turns.turn
        }

        #expect(counts == [2, 4, 2])
    }

    @Test("turns never run out")
    func wraps() throws {
        var turns = Turns(among: [try queue(of: 1), try queue(of: 2)], after: Int(Int32.max))

        #expect(turns.take(3, queueCount: 2).reduce(0, +) == 3)
        #expect(turns.turn == 2)
    }

    @Test(
        "batches are of four sizes",
        arguments: [(1, 0), (9, 0), (10, 1), (99, 1), (100, 2), (999, 2), (1000, 3), (100_000, 3), (0, 0)])
    func magnitudes(messages: Int, magnitude: Int) {
        #expect(DueQueue.magnitude(ofBatchWith: messages) == magnitude)
    }
}
