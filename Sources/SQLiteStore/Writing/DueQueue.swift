import FoundationEssentials
import GatewayCore

/// Messages of one customer, in batches of about one size, that wait for the same carriers and are due: the longest due goes first.
struct DueQueue: Sendable, Equatable {
    let carriers: Carriers
    /// The customer's number in the store.
    let owner: Int
    /// The power of ten in the number of the batch's messages.
    let magnitude: Int
    /// The least place of its messages.
    let dueAt: Date

    /// Batches of 1,000 and more are one kind.
    static let largestMagnitude = 3

    /// 0 for 1 to 9 messages, 1 for 10 to 99, and so on.
    static func magnitude(ofBatchWith messages: Int) -> Int {
        var magnitude = 0
        var bound = 10
        while magnitude < largestMagnitude, messages >= bound {
            magnitude += 1
            bound *= 10
        }
        return magnitude
    }
}

/// Who is next: customers take turns, and the queues of a customer take turns within his.
///
/// So a message waits for as many others as there are customers and sizes of batches, not for as many as were there
/// before it. Within a queue the order is that of time: to take turns among equals would only make all of them late.
struct Turns: Sendable {
    private let queuesByOwner: [[Int]]
    private(set) var turn: Int

    /// - Parameter turn: what the turns before left off with.
    init(among queues: [DueQueue], after turn: Int) {
        let owners = Dictionary(grouping: queues.indices) { queues[$0].owner }
        queuesByOwner = owners.sorted { $0.key < $1.key }.map(\.value)
        self.turn = turn
    }

    /// How many of the next places fall to each queue, in the order in which the queues were given.
    mutating func take(_ places: Int, queueCount: Int) -> [Int] {
        var counts = [Int](repeating: 0, count: queueCount)
        guard !queuesByOwner.isEmpty else { return counts }
        for _ in 0..<places {
            let queues = queuesByOwner[turn % queuesByOwner.count]
            counts[queues[turn / queuesByOwner.count % queues.count]] += 1
            turn = (turn + 1) & Int(Int32.max)
        }
        return counts
    }
}
