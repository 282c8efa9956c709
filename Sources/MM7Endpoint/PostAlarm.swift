import GatewayCore
import Logging
import Synchronization

/// Lines of the log about posts. What an operator should look at is a warning for the first post of its kind at its MMSC,
/// and for one of each half minute with the count of those between: peers repeat what was refused, for hours.
final class PostAlarm: Sendable {
    private struct Kind: Hashable {
        let message: String
        let fault: String
        let mmsc: String
    }

    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let watches = Mutex<[Kind: OutageWatch]>([:])

    /// - Parameter now: a clock that nobody sets.
    init(logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.logger = logger
        self.now = now
    }

    /// Of every post.
    func debug(_ message: Logger.Message, metadata: @autoclosure () -> Logger.Metadata = [:]) {
        logger.debug(message, metadata: metadata())
    }

    /// The first of its kind, and one of each half minute; the others are at `debug`.
    ///
    /// - Parameters:
    ///   - message: a constant sentence; it is the kind.
    ///   - fault: tells kinds apart that share a sentence, one of a fixed set of texts. Of posts that share it too only one is
    ///     told, whatever else the metadata says of the others.
    func warning(_ message: Logger.Message, _ fault: String = "", mmsc: String?, metadata: Logger.Metadata) {
        guard let untold = watch(Kind(message: message.description, fault: fault, mmsc: mmsc ?? "")).failed() else {
            return logger.debug(message, metadata: metadata)
        }
        var metadata = metadata
        if untold > 0 { metadata["posts_before"] = "\(untold)" }
        logger.warning(message, metadata: metadata)
    }

    /// As many as there were MMSCs, for each sentence and fault.
    private func watch(_ kind: Kind) -> OutageWatch {
        watches.withLock { watches in
            if let watch = watches[kind] { return watch }
            let watch = OutageWatch(now: now)
            watches[kind] = watch
            return watch
        }
    }
}
