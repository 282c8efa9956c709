/// What the writer knows of the messages that wait without asking for it.
struct QueueTally: Sendable, Equatable {
    /// Messages of all batches that no MMSC has taken yet.
    var waiting = 0
    /// The last place that was given, in milliseconds.
    var lastPlace: Int64 = 0
}
