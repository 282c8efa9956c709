import Testing

@testable import SQLiteStore

@Suite("Queues of messages that are due")
struct TurnsTests {
    @Test(
        "batches are of four sizes",
        arguments: [(1, 0), (9, 0), (10, 1), (99, 1), (100, 2), (999, 2), (1000, 3), (100_000, 3), (0, 0)])
    func magnitudes(messages: Int, magnitude: Int) {
        #expect(DueQueue.magnitude(ofBatchWith: messages) == magnitude)
    }
}
