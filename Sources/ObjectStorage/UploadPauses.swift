import GatewayCore

/// The pauses between the rounds of a message whose storage is unavailable: half a minute, two minutes, then ten
/// minutes each, until their sum is the total.
///
/// Pauses are counted, not derived from the time of the first failure, so that a clock that is set forward costs one
/// pause and not all.
package struct UploadPauses: Sendable, Equatable {
    private let pauses: [Duration]

    /// - Parameter total: of all pauses; zero for a single round.
    package init(total: Duration = .seconds(900)) {
        var pauses: [Duration] = []
        var rest = total
        while rest > .zero {
            let next = pauses.count < Self.first.count ? Self.first[pauses.count] : Self.longest
            pauses.append(min(next, rest))
            rest -= next
        }
        self.pauses = pauses
    }

    /// The pause after a round; nil where that round was the last.
    func pause(afterTries tries: Int) -> Duration? {
        pauses.indices.contains(tries) ? pauses[tries] : nil
    }

    /// What no pause exceeds.
    static let longest = Duration.seconds(600)

    private static let first: [Duration] = [.seconds(30), .seconds(120)]
}
