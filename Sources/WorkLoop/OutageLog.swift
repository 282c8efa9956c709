package import GatewayCore
package import Logging
import Synchronization

/// Writes the log lines about troubles that last. Each trouble gets a line for the first failure, one each half minute
/// with the number of failures between, and, where the service has a sentence for it, one for its end. There is no line
/// for each piece of work that a trouble holds up.
///
/// What a service may have trouble with is an enumeration of its own, which is the key; its sentences are in an extension
/// beside it. The keys of the metadata are the same for all: `others_before` and `outage_seconds`.
package final class OutageLog<Trouble: Hashable & Sendable>: Sendable {
    /// The logger for lines about anything else.
    package let logger: Logger
    private let clock: MonotonicClock
    /// One for each trouble of the service: those of the store, and a few for each customer or MMSC that fails.
    private let watches = Mutex<[Trouble: OutageWatch]>([:])

    package init(_ logger: Logger, clock: MonotonicClock = .system) {
        self.logger = logger
        self.clock = clock
    }

    /// Logs a failure, unless a line about the same trouble was written a short time ago.
    ///
    /// - Parameters:
    ///   - message: a constant sentence.
    ///   - pause: the least time between two lines about the trouble.
    /// - Returns: whether it was logged.
    @discardableResult
    package func failed(
        _ trouble: Trouble, _ level: Logger.Level, _ message: Logger.Message, each pause: Duration = .seconds(30),
        metadata: @autoclosure () -> Logger.Metadata, file: String = #fileID
    ) -> Bool {
        guard let unlogged = watch(trouble, pause).failed() else { return false }
        var metadata = metadata()
        if unlogged > 0 { metadata["others_before"] = .stringConvertible(unlogged) }
        logger.log(level: level, message, metadata: metadata, file: file)
        return true
    }

    /// Logs that a trouble is over; logs nothing where there was none.
    package func ended(
        _ trouble: Trouble, _ message: Logger.Message, metadata: @autoclosure () -> Logger.Metadata = [:],
        file: String = #fileID
    ) {
        ended(anyOf: CollectionOfOne(trouble), message, metadata: metadata(), file: file)
    }

    /// Logs that several troubles are over, where one success ends them: one line, with the time of the longest.
    package func ended(
        anyOf troubles: some Sequence<Trouble>, _ message: Logger.Message,
        metadata: @autoclosure () -> Logger.Metadata = [:], file: String = #fileID
    ) {
        let ended = watches.withLock { watches in troubles.compactMap { watches[$0] } }
        guard let lasted = ended.compactMap({ $0.succeeded() }).max() else { return }
        var metadata = metadata()
        metadata["outage_seconds"] = .stringConvertible(Int(lasted.seconds))
        logger.notice(message, metadata: metadata, file: file)
    }

    private func watch(_ trouble: Trouble, _ pause: Duration) -> OutageWatch {
        watches.withLock { watches in
            if let watch = watches[trouble] { return watch }
            let watch = OutageWatch(pause: pause, clock: clock)
            watches[trouble] = watch
            return watch
        }
    }
}
