import GatewayCore

/// Between the rounds of a message whose customer's storage is away: half a minute, two minutes, then ten each time, until
/// they make up the whole time.
///
/// They are counted and not measured from a first failure, so that a clock that is set ahead costs one pause and not all.
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

    /// Nil: that round was the last.
    func pause(afterTries tries: Int) -> Duration? {
        pauses.indices.contains(tries) ? pauses[tries] : nil
    }

    /// What no pause exceeds.
    static let longest = Duration.seconds(600)

    private static let first: [Duration] = [.seconds(30), .seconds(120)]
}
