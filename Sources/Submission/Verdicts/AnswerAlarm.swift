import GatewayCore
import Logging
import Synchronization

/// Tells the operator of answers that were believed though something was wrong with them: the first of each kind at each
/// MMSC, and one of each half minute with the count of those between.
final class AnswerAlarm: Sendable {
    /// A constant sentence of the log.
    enum Kind: String {
        case otherTransaction = "The MMSC answers under another TransactionID than it is asked; the answer is believed"
        case refusedTransaction =
            "The MMSC answers under another TransactionID than it is asked; answers_must_match takes it for none"
        case brokenOff = "An answer of the MMSC did not come to its end; what came of it says enough"
        case mended = "An answer of the MMSC could be read only after a repair"
    }

    private struct Source: Hashable {
        let kind: Kind
        let mmsc: String
    }

    private let logger: Logger
    private let now: @Sendable () -> ContinuousClock.Instant
    private let watches = Mutex<[Source: OutageWatch]>([:])

    /// - Parameter now: a clock that nobody sets.
    init(logger: Logger, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.logger = logger
        self.now = now
    }

    /// - Parameter details: the MMSC's words, or libcurl's.
    func raise(_ kind: Kind, of mmsc: String, to transactionID: String, _ details: PeerText? = nil) {
        guard let untold = watch(Source(kind: kind, mmsc: mmsc)).failed() else { return }
        var metadata: Logger.Metadata = ["mmsc": "\(mmsc)", "transaction": "\(transactionID)"]
        if let details { metadata["reason"] = "\(details)" }
        if untold > 0 { metadata["answers_before"] = "\(untold)" }
        logger.warning("\(kind.rawValue)", metadata: metadata)
    }

    private func watch(_ source: Source) -> OutageWatch {
        watches.withLock { watches in
            if let watch = watches[source] { return watch }
            let watch = OutageWatch(now: now)
            watches[source] = watch
            return watch
        }
    }
}
