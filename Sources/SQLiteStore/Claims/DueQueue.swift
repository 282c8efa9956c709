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

    /// Whose turn it is when the next of them goes.
    var turn: DueTurns.Turn { DueTurns.Turn(customer: owner, magnitude: magnitude) }

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
