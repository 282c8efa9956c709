package import FoundationEssentials

/// What ends, is kept for a while after that, and is then removed.
package enum KeptKind: String, CaseIterable, Sendable {
    /// Answers to requests with an Idempotency-Key.
    case answers
    /// Notifications with their calls.
    case events
    /// What was exchanged with MMSCs about a message: attempts, CancelReqs and reports.
    case attempts
    /// Batches with their messages, and all that belongs to these.
    case batches
}

/// How long each kind is kept, counted from its end.
package struct RetentionRules: Sendable, Equatable {
    /// From the end of the last message of a batch, or from its last change where it has none.
    package let batches: Duration
    /// From the time when all calls about an event were heard or given up. An event never outlives its batch.
    package let events: Duration
    /// From the end of the message. They never outlive it.
    package let attempts: Duration
    /// From the answer. As long as it is kept a repeat gets it again.
    package let answers: Duration

    package static let usual = Duration.seconds(30 * 86_400)

    /// - Parameters:
    ///   - events: nil for the usual time, or that of batches if it is shorter; never longer than that of batches.
    ///   - attempts: the same.
    package init(
        batches: Duration = usual, events: Duration? = nil, attempts: Duration? = nil, answers: Duration = usual
    ) {
        self.batches = batches
        self.events = min(events ?? Self.usual, batches)
        self.attempts = min(attempts ?? Self.usual, batches)
        self.answers = answers
    }

    /// What a sweep removes, in its order, and the time before which that has ended. Attempts that are kept as long as
    /// their messages go with them, so nobody looks for them.
    package func limits(at now: Date) -> [(kind: KeptKind, endedBefore: Date)] {
        var limits = [(KeptKind.answers, answers), (.events, events)]
        if attempts < batches { limits.append((.attempts, attempts)) }
        limits.append((.batches, batches))
        return limits.map { (kind: $0, endedBefore: now + (.zero - $1)) }
    }
}
