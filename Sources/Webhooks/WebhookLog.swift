import GatewayCore
import Logging
import WorkLoop

/// The lasting troubles that calling webhooks may have.
enum WebhookTrouble: Hashable, Sendable {
    case store
    /// The customer does not get an event: the receiver refused it or was tried to the end.
    case dropped(Owner)
    /// The customer's webhook cannot be called until the operator changes something.
    case unsendable(Owner)
}

typealias WebhookLog = OutageLog<WebhookTrouble>

extension WebhookLog {
    func storeFailed(_ failure: any Error) {
        failed(.store, .error, "The store does not answer; webhooks wait", metadata: ["error": "\(failure)"])
    }

    func storeAnswers() { ended(.store, "The store answers again") }

    /// Logs what came of an event that its customer did not get.
    ///
    /// - Parameter receiver: the server that the call went to or was meant for; nil where none is known.
    func record(_ result: WebhookResult, _ outcome: CallResult, of claim: CallClaim, to receiver: WebServer?) {
        let owner = claim.event.owner
        if case .givenUp(let reason) = outcome {
            failed(
                .dropped(owner), .warning,
                "A customer is not notified of an event: the receiver refused it or was tried to the end",
                metadata: Self.metadata(reason, claim, receiver))
        } else if case .unsendable(let reason) = result {
            failed(
                .unsendable(owner), .warning,
                "A customer's webhook cannot be called as things are; it is tried again",
                metadata: Self.metadata(reason, claim, receiver))
        }
    }

    private static func metadata(
        _ reason: PeerText, _ claim: CallClaim, _ receiver: WebServer?
    ) -> Logger.Metadata {
        var metadata = claim.metadata.with("event", "\(claim.event.id)").with("reason", "\(reason)")
        if let receiver { metadata["receiver"] = "\(PeerText(receiver.description))" }
        return metadata
    }
}
