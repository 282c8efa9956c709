import GatewayCore

/// What the writer knows without asking the database for it.
struct QueueTally: Sendable, Equatable {
    /// Messages of all batches that no MMSC has taken yet.
    var waiting = 0
    /// The last position that was given, in milliseconds.
    var lastPosition: Int64 = 0
    /// Owners by their numbers, which are never given anew: those that have had an event.
    var owners: [Int: Owner] = [:]
}
