/// When an MMSC counts as down, and how it is tried again.
package struct BreakerLimits: Sendable, Equatable {
    /// How many exchanges in a row fail before the MMSC gets none for a while.
    package var failures = 10
    /// How long it gets none the first time; the pause doubles with every try that fails.
    package var firstPause = Duration.seconds(1)
    package var lastPause = Duration.seconds(60)
    /// How many refusals in a row, which only a repaired account or configuration will change, before the MMSC gets
    /// none.
    package var refusals = 10
    /// How many messages in a row are refused for good, with none accepted among them, before the MMSC gets none:
    /// whatever the reason, it must not use up the queue.
    package var refusedMessages = 20
    /// The pause between two tries that show whether the account or configuration was repaired.
    package var repairPause = Duration.seconds(60)

    package init() {}
}
