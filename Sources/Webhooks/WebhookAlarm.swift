import GatewayCore
import Logging
import Synchronization

/// Tells the operator of events that customers are not told, and of those that cannot be sent as things are: of each kind
/// at each customer the first, and one of each half minute while it lasts. Not one for each event, of which there may be
/// thousands.
final class WebhookAlarm: Sendable {
    private enum Kind: String {
        case dropped = "A customer is not told of an event: the receiver refused it or was tried to the end"
        case unsendable = "A customer's webhook cannot be called as things are; it is tried again"
    }

    private struct Source: Hashable {
        let kind: Kind
        let owner: Owner
    }

    private let logger: Logger
    private let watches = Mutex<[Source: OutageWatch]>([:])

    init(logger: Logger) {
        self.logger = logger
    }

    /// - Parameter receiver: whom the call went to, or was to go to; nil where nobody says.
    func note(_ hearing: Hearing, _ outcome: TellingOutcome, of claim: EventClaim, to receiver: WebServer?) {
        if case .droppedAfter(let reason) = outcome {
            raise(.dropped, reason, claim, receiver)
        } else if case .unsendable(let reason) = hearing {
            raise(.unsendable, reason, claim, receiver)
        }
    }

    private func raise(_ kind: Kind, _ reason: PeerText, _ claim: EventClaim, _ receiver: WebServer?) {
        guard let owner = claim.owner, let untold = watch(Source(kind: kind, owner: owner)).failed() else { return }
        var metadata: Logger.Metadata = [
            "plan": "\(owner.name)", "event": "\(claim.id)", "reason": "\(reason)", "failures_before": "\(untold)",
        ]
        if let receiver { metadata["receiver"] = "\(PeerText(receiver.description))" }
        logger.warning("\(kind.rawValue)", metadata: metadata)
    }

    /// Two for each customer with a webhook that fails, at most.
    private func watch(_ source: Source) -> OutageWatch {
        watches.withLock { watches in
            if let watch = watches[source] { return watch }
            let watch = OutageWatch()
            watches[source] = watch
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
