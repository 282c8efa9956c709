/// What a copy does between two of its steps, so that a gateway beside it goes on: it leaves the disk to the gateway for
/// a moment, as long as the log does not grow much.
package struct CopyPace: Sendable {
    /// The pages of 4 kB that are copied in one step.
    package var stepPages: Int
    /// Between two steps.
    package var pause: Duration
    /// From this size of the log on the copy makes no pauses.
    package var hurryBytes: Int
    /// At this size of the log the copy is given up: the target is slower than the gateway.
    package var limitBytes: Int

    package init(
        stepPages: Int = 1_000, pause: Duration = .milliseconds(5), hurryBytes: Int = 64 << 20,
        limitBytes: Int = 1 << 30
    ) {
        self.stepPages = stepPages
        self.pause = pause
        self.hurryBytes = hurryBytes
        self.limitBytes = limitBytes
    }

    enum Step: Equatable {
        case pause(Duration)
        case goOn
        case giveUp(String)
    }

    /// - Parameter logBytes: the size of the log after the step before.
    func next(logBytes: Int) -> Step {
        guard logBytes < limitBytes else {
            return .giveUp(
                "the log of the database has grown to \(logBytes >> 20) MiB while it was copied, and the limit is "
                    + "\(limitBytes >> 20) MiB: the folder of the backup is too slow; back up to a faster disk, and move the backup from there"
            )
        }
        return logBytes < hurryBytes ? .pause(pause) : .goOn
    }
}
