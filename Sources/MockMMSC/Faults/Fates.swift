import Synchronization

/// Draws the fates of posts in the order of their coming: the same seed, the same fates.
final class Fates: Sendable {
    private let faults: Faults
    /// Those that can happen at all, with their shares.
    private let answers: [(answer: Fate.Answer, share: Double)]
    private let random: Mutex<any RandomNumberGenerator & Sendable>

    init(_ faults: Faults, random: any RandomNumberGenerator & Sendable) {
        self.faults = faults
        answers = faults.answers.filter { $0.share > 0 }
        self.random = Mutex(random)
    }

    func draw() -> Fate {
        // One number of the source for each post, and from that the same draws for all: turning one fault on does not
        // move the others.
        var random = SeededGenerator(seed: random.withLock { $0.next() })
        var fate = Fate()
        fate.answer = answer(at: random.share())
        if random.share() < faults.duplicate { fate.reports = 2 }
        fate.isReportFirst = random.share() < faults.reorder
        let time = random.share()
        if faults.reorder > 0 { fate.reportDelayFactor = time * 2 }
        let (isPartial, partialSeed) = (random.share() < faults.partial, random.next())
        if isPartial { fate.partialSeed = partialSeed }
        fate.isSwapped = random.share() < faults.swap
        fate.isNational = random.share() < faults.national
        fate.isDeferred = random.share() < faults.deferred
        fate.isUnknownFirst = random.share() < faults.unknownFirst
        fate.isLateFailure = random.share() < faults.lateFailure
        return fate
    }

    /// Each answer has a slice of one draw, so that at most one of them happens.
    private func answer(at draw: Double) -> Fate.Answer {
        var end = 0.0
        for (answer, share) in answers {
            end += share
            if draw < end { return answer }
        }
        return .accepted
    }
}

extension SeededGenerator {
    /// From 0 up to 1, and never 1.
    fileprivate mutating func share() -> Double { Double(next() >> 11) * 0x1p-53 }
}
