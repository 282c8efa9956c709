import GatewayCore
import Logging
import Synchronization

/// Tells the operator of uploads that failed: of each customer the first with each code, one of each half minute while it
/// lasts, and the end of it. Not one for each file, of which a storage that is away makes many.
final class UploadAlarm: Sendable {
    private let logger: Logger
    private let watches = Mutex<[Owner: [Int: OutageWatch]]>([:])

    init(logger: Logger) {
        self.logger = logger
    }

    /// - Parameter pause: nil where it has failed for good.
    func raise(for claim: UploadClaim, _ failure: UploadFailure, triedAgainAfter pause: Duration? = nil) {
        guard let untold = watch(claim.owner, failure.code).failed() else { return }
        var metadata: Logger.Metadata = [
            "plan": "\(claim.owner.name)", "inbound": "\(claim.inbound.id)", "code": "\(failure.code)",
            "reason": "\(failure)", "failures_before": "\(untold)",
        ]
        if let pause { metadata["again_after_seconds"] = "\(Int(pause.seconds))" }
        logger.warning("Media of an inbound message could not be put into its customer's bucket", metadata: metadata)
    }

    func end(for owner: Owner) {
        // The storage took a file: whatever it was that it had against others is over.
        let ended = watches.withLock { $0[owner]?.values.compactMap { $0.succeeded() } ?? [] }
        guard let lasted = ended.max() else { return }
        logger.notice(
            "Media goes into the customer's bucket again",
            metadata: ["plan": "\(owner.name)", "outage_seconds": "\(Int(lasted.seconds))"])
    }

    /// Three for each customer with a bucket that fails, at most.
    private func watch(_ owner: Owner, _ code: Int) -> OutageWatch {
        watches.withLock { watches in
            if let watch = watches[owner]?[code] { return watch }
            let watch = OutageWatch()
            watches[owner, default: [:]][code] = watch
            return watch
        }
    }
}

extension Owner {
    fileprivate var name: String {
        switch self {
        case .servicePlan(let id), .app(let id, _): id
        }
    }
}
