/// When an MMSC counts as down, and how it is tried again.
package struct BreakerLimits: Sendable, Equatable {
    /// Exchanges in a row that failed before it gets none for a while.
    package var failures = 10
    /// How long it gets none the first time; the pause doubles with every try that fails.
    package var firstPause = Duration.seconds(1)
    package var lastPause = Duration.seconds(60)
    /// Refusals in a row, that only a repaired account or configuration will change, before it gets none.
    package var refusals = 10
    /// Messages in a row that were refused for good, with none accepted among them, before it gets none: whatever the
    /// reason, the queue is not to be used up by it.
    package var refusedMessages = 20
    /// Between two tries whether that has changed.
    package var repairPause = Duration.seconds(60)

    package init() {}
}
