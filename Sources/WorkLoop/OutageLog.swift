package import GatewayCore
package import Logging
import Synchronization

/// Lines of the log about troubles that last: of each the first failure, one of each half minute with the number of those
/// between, and where there is a word for it the end. Not one for each piece of work that a trouble holds up.
///
/// What a service may have trouble with is an enumeration of its own, which is the key; its sentences are in an extension
/// beside it. The keys of the metadata are the same for all: `others_before` and `outage_seconds`.
package final class OutageLog<Trouble: Hashable & Sendable>: Sendable {
    /// For lines about anything else.
    package let logger: Logger
    private let clock: MonotonicClock
    /// As many as there are troubles of one service: those of the store, and some of each customer or MMSC that fails.
    private let watches = Mutex<[Trouble: OutageWatch]>([:])

    package init(_ logger: Logger, clock: MonotonicClock = .system) {
        self.logger = logger
        self.clock = clock
    }

    /// Something failed.
    ///
    /// - Parameters:
    ///   - message: a constant sentence.
    ///   - pause: between two lines about the trouble.
    /// - Returns: whether it was logged.
    @discardableResult
    package func failed(
        _ trouble: Trouble, _ level: Logger.Level, _ message: Logger.Message, each pause: Duration = .seconds(30),
        metadata: @autoclosure () -> Logger.Metadata, file: String = #fileID
    ) -> Bool {
        guard let unlogged = watch(trouble, pause).failed() else { return false }
        var metadata = metadata()
        if unlogged > 0 { metadata["others_before"] = "\(unlogged)" }
        logger.log(level: level, message, metadata: metadata, file: file)
        return true
    }

    /// What was in trouble works; nothing is logged where it had none.
    package func ended(
        _ trouble: Trouble, _ message: Logger.Message, metadata: @autoclosure () -> Logger.Metadata = [:],
        file: String = #fileID
    ) {
        ended(anyOf: CollectionOfOne(trouble), message, metadata: metadata(), file: file)
    }

    /// As the other, where one success ends several troubles: one line, with the time of the longest.
    package func ended(
        anyOf troubles: some Sequence<Trouble>, _ message: Logger.Message,
        metadata: @autoclosure () -> Logger.Metadata = [:], file: String = #fileID
    ) {
        let ended = watches.withLock { watches in troubles.compactMap { watches[$0] } }
        guard let lasted = ended.compactMap({ $0.succeeded() }).max() else { return }
        var metadata = metadata()
        metadata["outage_seconds"] = "\(Int(lasted.seconds))"
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
