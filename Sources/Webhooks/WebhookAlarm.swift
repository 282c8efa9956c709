import GatewayCore
import Logging
import Synchronization

/// Tells the operator of events that customers are not told, and of those that cannot be sent as things are: of each
/// customer the first, and one of each half minute while it lasts. Not one for each event, of which there may be thousands.
final class WebhookAlarm: Sendable {
    private let logger: Logger
    private let watches = Mutex<[Owner: OutageWatch]>([:])

    init(logger: Logger) {
        self.logger = logger
    }

    func note(_ hearing: Hearing, _ outcome: TellingOutcome, of claim: EventClaim) {
        if case .droppedAfter(let reason) = outcome {
            raise("A customer is not told of an event: the receiver refused it or was tried to the end", reason, claim)
        } else if case .unsendable(let reason) = hearing {
            raise("A customer's webhook cannot be called as things are; it is tried again", reason, claim)
        }
    }

    private func raise(_ message: Logger.Message, _ reason: PeerText, _ claim: EventClaim) {
        guard let owner = claim.owner, let untold = watch(owner).failed() else { return }
        logger.warning(
            message,
            metadata: [
                "plan": "\(owner.name)", "event": "\(claim.id)", "reason": "\(reason)", "failures_before": "\(untold)",
            ])
    }

    /// As many as there are customers with a webhook that fails.
    private func watch(_ owner: Owner) -> OutageWatch {
        watches.withLock { watches in
            if let watch = watches[owner] { return watch }
            let watch = OutageWatch()
            watches[owner] = watch
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
