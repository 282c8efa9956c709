import MM7

/// What happens to one post and to the message in it.
struct Fate: Sendable, Equatable {
    enum Answer: Sendable, Equatable {
        case accepted
        case dropped
        case hung
        case half
        case misaddressed
        case refused(StatusCode)
        case faulted(StatusCode)
        case html
        case denied
        case reset
    }

    var answer = Answer.accepted
    /// Chooses the recipients that the message is not taken for; nil takes it for all.
    var partialSeed: UInt64?
    /// Reports posted, 1 or 2.
    var reports = 1
    /// Whether the report is posted before the SubmitRsp.
    var isReportFirst = false
    /// The time from taking the message to its report, as a multiple of the usual delay.
    var reportDelayFactor = 1.0
    var isSwapped = false
    var isNational = false
    var isDeferred = false
    var isUnknownFirst = false
    var isLateFailure = false

    /// The indexes of the recipients that the message is not taken for: some of several, never all.
    func untaken(of count: Int) -> Set<Int> {
        guard let partialSeed, count > 1 else { return [] }
        var random = SeededGenerator(seed: partialSeed)
        let untaken = Int.random(in: 1..<count, using: &random)
        return Set((0..<count).shuffled(using: &random).prefix(untaken))
    }
}
