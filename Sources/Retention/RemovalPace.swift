package import GatewayCore

/// How long the next step of a removal may hold up other commits, and how long the writer is left alone after a step.
///
/// The first steps are short, because nobody knows yet how fast the disk is.
package struct RemovalPace: Sendable, Equatable {
    /// For the work of the next step. The commit that follows it has the rest.
    package private(set) var budget = Duration.milliseconds(2)

    package init() {}

    private static let least = Duration.milliseconds(1)
    private static let most = Duration.milliseconds(8)
    /// What a step and its commit may take together.
    private static let longest = Duration.milliseconds(20)
    /// The pause is so many times as long as the step: nine leave the writer nine tenths of its time.
    private static let pauses = 9

    /// Adapts to a step.
    ///
    /// - Returns: the pause after it. A commit is shared, so it counts as the step's only as far as its work does.
    package mutating func took(_ step: RemovalStep) -> Duration {
        budget =
            step.work + step.commit > Self.longest
            ? max(budget / 2, Self.least) : min(budget + .milliseconds(1), Self.most)
        return (step.work + min(step.commit, step.work)) * Self.pauses
    }
}
